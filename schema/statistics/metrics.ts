/** The metrics of performance and hotline (GB/T 30428.4): counts, and the rates and means that are made of them. */
import { once, readData } from '../standard/data-file.ts';
import { describeValue, StandardError } from '../standard/standard-error.ts';
import { evaluateLinear, type LinearTerm, parseLinearExpression } from './linear-expression.ts';

export interface Metric {
  readonly key: string;
  readonly name: string;
  readonly kind: 'COUNT' | 'RATE' | 'MEAN';
  /** A sum of counts, `satisfied+0.9*basicallySatisfied`; null for a count. */
  readonly numerator: string | null;
  readonly denominator: string | null;
  /** Its path in statistics: `rates.closing`, `counts.due`; null if they do not show it. */
  readonly field: string | null;
  /** What a count of cases counts; null for other metrics. */
  readonly counted: Counted | null;
  /** `sure`: read in a source; `open`: a profile's figure, or sources differ; null if unknown. */
  readonly certainty: string | null;
  /** What is open about it, or differs between systems. */
  readonly note: string | null;
}

/**
 * What a count counts: steps of the flow record, cases, or both. A case is counted once, a step as often as it is taken.
 */
export interface Counted {
  /** Actions of the steps that are counted, each by its own instant. */
  readonly steps?: readonly string[];
  /** Only steps out of one of these public statuses. */
  readonly from?: readonly string[];
  /**
   * Only steps no later than this: the deadline of the clock that the step stopped, or a deadline of the case. A step
   * without the deadline is in time.
   */
  readonly by?: 'step.due_at' | 'case.accept_due_at' | 'case.due_at';
  /**
   * Only steps that none of these followed by the end of the period: actions, with the statuses that
   * they came from, none for any.
   */
  readonly unless?: Readonly<Record<string, readonly string[]>>;
  /** The cases that are counted, in words and columns of `cases`. */
  readonly cases?: string;
  /** The sources that a count of public reports is about. */
  readonly sources?: readonly string[];
}

export interface RateValue {
  readonly numerator: number;
  readonly denominator: number;
  /** A share, 0.99 for 99 %; null if the denominator is 0. */
  readonly value: number | null;
}

type MetricRow = Pick<Metric, 'key' | 'name' | 'kind'> & Partial<Metric>;

export const metrics: () => readonly Metric[] = once(() =>
  readData<{ readonly metrics: readonly MetricRow[] }>('metrics.json').metrics.map((row) => ({
    numerator: null,
    denominator: null,
    field: null,
    counted: null,
    certainty: null,
    note: null,
    ...row,
  })),
);

interface Fraction {
  readonly numerator: readonly LinearTerm[];
  readonly denominator: readonly LinearTerm[];
}

const byKey = once(() => new Map(metrics().map((metric) => [metric.key, metric])));
const fractions = once(
  () =>
    new Map(
      metrics().flatMap(({ key, kind, numerator, denominator }): [string, Fraction][] =>
        kind === 'RATE' && numerator !== null && denominator !== null
          ? [[key, { numerator: parseLinearExpression(numerator), denominator: parseLinearExpression(denominator) }]]
          : [],
      ),
    ),
);

/** The counts that a rate is made of, by their keys. Throws a `StandardError` with EXPRESSION for a key that is no rate. */
export function countsOfRate(key: string): readonly string[] {
  const { numerator, denominator } = fractionOf(key);
  return [...new Set([...numerator, ...denominator].map((term) => term.key))];
}

function fractionOf(key: string): Fraction {
  const fraction = fractions().get(key);
  if (fraction === undefined) throw new StandardError('EXPRESSION', `${describeValue(key)} is not the key of a rate`);
  return fraction;
}

/** The powers of ten that make the weights of rates whole; 0.9 has 10. */
const scales = once(
  () =>
    new Map(
      [...fractions()].map(([key, { numerator, denominator }]): [string, number] => [
        key,
        Math.max(...[...numerator, ...denominator].map(({ factor }) => 10 ** decimalsOf(factor))),
      ]),
    ),
);

function decimalsOf(factor: number): number {
  return String(factor).split('.')[1]?.length ?? 0;
}

/** The name among the counts of statistics, `due` for `closeDue`; undefined for a metric that they do not count. */
export function countNameOf(key: string): string | undefined {
  const { kind, field } = metricOf(key) ?? {};
  return kind === 'COUNT' && field?.startsWith('counts.') ? field.slice('counts.'.length) : undefined;
}

export function metricOf(key: string): Metric | undefined {
  return byKey().get(key);
}

/**
 * A rate from its counts by their keys; null if one of them is unknown. The rate of an area comes from summed counts,
 * never from an average. Throws a `StandardError` with EXPRESSION for a key that is no rate.
 */
export function rateOf(key: string, counts: Readonly<Record<string, number | null | undefined>>): RateValue | null {
  const fraction = fractionOf(key);
  const numerator = evaluateLinear(fraction.numerator, counts);
  const denominator = evaluateLinear(fraction.denominator, counts);
  if (numerator === null || denominator === null) return null;
  return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator };
}

/**
 * The same rate with both parts multiplied by the power of ten that makes its weights whole. Parts are then whole
 * numbers, whose sums over many platforms are exact. Throws as `rateOf` does.
 */
export function wholeRateOf(
  key: string,
  counts: Readonly<Record<string, number | null | undefined>>,
): RateValue | null {
  const rate = rateOf(key, counts);
  if (rate === null) return null;
  const scale = scales().get(key) ?? 1;
  const numerator = Math.round(rate.numerator * scale);
  const denominator = Math.round(rate.denominator * scale);
  return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator };
}
