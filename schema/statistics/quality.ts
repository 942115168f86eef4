/** How the quality of rows is scored: dimensions with their points, measures, and what is expected (`quality.json`). */
import { once, readData } from '../standard/data-file.ts';

export const QUALITY_MEASURES = [
  'located',
  'gridded',
  'addressed',
  'recorded',
  'current',
  'ordered',
  'unique',
  'responsible',
  'limited',
  'conditioned',
  'described',
] as const;
export type QualityMeasure = (typeof QUALITY_MEASURES)[number];

export const QUALITY_DIMENSIONS = [
  'findability',
  'accessibility',
  'interoperability',
  'reusability',
  'contextuality',
] as const;
export type QualityDimension = (typeof QUALITY_DIMENSIONS)[number];

export interface QualityFile {
  readonly method: { readonly name: string; readonly basis: string; readonly note: string };
  readonly dimensions: readonly {
    readonly id: QualityDimension;
    /** Chinese. */
    readonly name: string;
    /** What a dimension that is kept throughout is worth. */
    readonly points: number;
    readonly measures: readonly QualityMeasure[];
    /** What the method asks, and what is asked here instead. */
    readonly adapted: string;
  }[];
  readonly measures: readonly { readonly id: QualityMeasure; readonly name: string; readonly mend: string }[];
  /** By kind of rule, what to do about a breach. */
  readonly mends: Readonly<Record<string, string>>;
  readonly expectations: {
    /** An open case that has not moved for so many days is not current. */
    readonly currentDays: number;
    readonly duplicateMetres: number;
    readonly duplicateMinutes: number;
  };
}

/** Throws an `Error` if a measure is not in exactly one dimension, or without a name. */
export const qualityMethod = once((): QualityFile => {
  const file = readData<QualityFile>('quality.json');
  const scored = file.dimensions.flatMap(({ measures }) => measures);
  const isWhole = (names: readonly string[], expected: readonly string[]) =>
    names.length === expected.length && expected.every((name) => names.includes(name));
  if (!isWhole(scored, QUALITY_MEASURES))
    throw new Error(`quality.json scores ${scored.join(', ')}; expected each of ${QUALITY_MEASURES.join(', ')} once`);
  if (
    !isWhole(
      file.measures.map(({ id }) => id),
      QUALITY_MEASURES,
    )
  )
    throw new Error('quality.json must name each measure once');
  if (
    !isWhole(
      file.dimensions.map(({ id }) => id),
      QUALITY_DIMENSIONS,
    )
  )
    throw new Error('quality.json must have each dimension once');
  return file;
});

/** What to do about a breach of a rule of this kind, in Chinese; undefined for a kind that nobody knows. */
export function mendOf(kind: string): string | undefined {
  return qualityMethod().mends[kind];
}

/**
 * By dimension, the whole number of points for each measure that a row keeps, and for all together, in units of which
 * `scale` make one point: a score is the sum of units over `scale` × rows, so that scores merge by their sums.
 */
export function qualityPoints(): {
  readonly scale: number;
  readonly units: Readonly<Record<QualityDimension, number>>;
} {
  const { dimensions } = qualityMethod();
  const scale = dimensions.reduce((multiple, { measures: { length } }) => leastCommonMultiple(multiple, length), 1);
  const units = Object.fromEntries(
    dimensions.map(({ id, points, measures }) => [id, (points * scale) / measures.length]),
  ) as Record<QualityDimension, number>;
  return { scale, units };
}

function leastCommonMultiple(a: number, b: number): number {
  const divisor = (x: number, y: number): number => (y === 0 ? x : divisor(y, x % y));
  return (a * b) / divisor(a, b);
}
