/** Evaluation schemes: how metrics become points, points a score, and a score a grade. */
import { once, readData } from '../standard/data-file.ts';
import { describeValue, StandardError } from '../standard/standard-error.ts';
import { evaluateLinear, type LinearTerm, parseLinearExpression } from './linear-expression.ts';

export interface SchemeIndicator {
  /** A metric, or a sum of them: `onTimeCloseRate+0.4*lateCloseRate`. */
  readonly term: string;
  /** Points from 0 to 100 for a value x of the term: `100*x`, `100*(1-x)`, or bands of counts. */
  readonly score: string;
  readonly weightPercent: number;
  /** `sure`: read in a source; `open`: sources differ. */
  readonly certainty: string;
  readonly note: string | null;
}

export interface Scheme {
  readonly id: string;
  readonly name: string;
  /** What is scored: AREA, DEPARTMENT, COLLECTOR, ACCEPTOR, SHIFT_LEADER, DISPATCHER, UNIT. */
  readonly object: string;
  readonly objectName: string;
  readonly indicators: readonly SchemeIndicator[];
}

export interface Grade {
  readonly grade: string;
  /** The lowest score of the grade. */
  readonly from: number;
  readonly colour: string;
}

export interface ScorePart {
  readonly indicator: string;
  /** Points times weight; null if a figure is unknown. */
  readonly score: number | null;
  /** The weight: the score of an indicator with full points. */
  readonly fullScore: number;
}

export interface Score {
  /** From 0 to 100, over the indicators with known figures; null if there is none. */
  readonly score: number | null;
  readonly grade: string | null;
  readonly parts: readonly ScorePart[];
}

type SchemeRow = Omit<Scheme, 'indicators'> & {
  readonly indicators: readonly (Omit<SchemeIndicator, 'note'> & { readonly note?: string })[];
};
interface SchemesFile {
  readonly schemes: readonly SchemeRow[];
  readonly grades: readonly Grade[];
}

const file = once(() => readData<SchemesFile>('schemes.json'));

export const schemes: () => readonly Scheme[] = once(() =>
  file().schemes.map((scheme) => ({
    ...scheme,
    indicators: scheme.indicators.map((indicator) => ({ note: null, ...indicator })),
  })),
);

/** From the best to the worst. */
export function grades(): readonly Grade[] {
  return file().grades;
}

/** The grade of a score from 0 to 100. Throws a `StandardError` with RANGE for a score that is not a number from 0. */
export function gradeOf(score: number): string {
  const grade = grades().find(({ from }) => score >= from);
  if (grade === undefined) throw new StandardError('RANGE', `A score of ${score} was given; 0 to 100 was expected`);
  return grade.grade;
}

/**
 * The score of one object by a scheme. `figures` are counts, and rates as shares, by the keys of the metrics;
 * `areaClass` (1 or 2) chooses among the bands of a scheme that parts its objects. Indicators without a figure leave
 * the score to the others.
 */
export function scoreOf(
  scheme: Scheme,
  figures: Readonly<Record<string, number | null | undefined>>,
  { areaClass = 1 }: { areaClass?: number } = {},
): Score {
  let [sum, weights] = [0, 0];
  const parts = scheme.indicators.map(({ term, score: rule, weightPercent }) => {
    const value = evaluateLinear(parseTerm(term), figures);
    if (value === null) return { indicator: term, score: null, fullScore: weightPercent };
    const score = (pointsOf(rule, value, areaClass) * weightPercent) / 100;
    sum += score;
    weights += weightPercent;
    return { indicator: term, score, fullScore: weightPercent };
  });
  if (weights === 0) return { score: null, grade: null, parts };
  // Bonus terms such as 0.4·x can lift the points of an indicator above its weight.
  const score = Math.min(100, Math.max(0, (sum / weights) * 100));
  return { score, grade: gradeOf(score), parts };
}

const termsByText = new Map<string, readonly LinearTerm[]>();

function parseTerm(term: string): readonly LinearTerm[] {
  let terms = termsByText.get(term);
  if (terms === undefined) {
    terms = parseLinearExpression(term);
    termsByText.set(term, terms);
  }
  return terms;
}

/**
 * Points by a scoring rule. Throws a `StandardError` with EXPRESSION for a rule or a class that the standard does not
 * know.
 */
function pointsOf(rule: string, value: number, areaClass: number): number {
  if (rule === '100*x') return 100 * value;
  if (rule === '100*(1-x)') return 100 * (1 - value);
  for (const alternative of rule.replace(/^bands /, '').split(' ; ')) {
    const [, number, bands = alternative] = /^class (\d) (.*)$/.exec(alternative) ?? [];
    if (number === undefined || Number(number) === areaClass) return pointsInBands(bands, value, rule);
  }
  throw new StandardError('EXPRESSION', `The rule ${describeValue(rule)} has no bands for the class ${areaClass}`);
}

/**
 * `0:100|1-2:90|9+:0`: the value lies in a single count, a span of counts with both ends, or everything from a count
 * up.
 */
function pointsInBands(bands: string, value: number, rule: string): number {
  for (const band of bands.split('|')) {
    const [, from, to, open, points] = /^(\d+)(?:-(\d+)|(\+))?:(\d+)$/.exec(band) ?? [];
    const upper = open === '+' ? Number.POSITIVE_INFINITY : Number(to ?? from);
    if (value >= Number(from) && value <= upper) return Number(points);
  }
  throw new StandardError('EXPRESSION', `The rule ${describeValue(rule)} has no band for ${value}`);
}
