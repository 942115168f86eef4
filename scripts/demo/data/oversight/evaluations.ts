/** Monthly evaluations of the divisions that a tier examines: the standard's schemes over the month's figures, then ranks. */
import { gradeOf, metricOf, rateOf, type Scheme, schemes, scoreOf } from '@yiwang/schema/statistics';
import type { DemoPlatform } from '../../platforms.ts';
import type { CopyValue } from '../copy.ts';
import { MONTHS } from '../data-period.ts';
import { type Counts, performanceOf } from './performance.ts';
import { evaluatedSubjects, type SupervisedDivision } from './subjects.ts';

export const EVALUATION_COLUMNS = [
  ...(['scheme', 'division', 'month', 'evaluator', 'score', 'grade', 'rank', 'parts'] as const),
];
export type EvaluationRow = Readonly<Record<(typeof EVALUATION_COLUMNS)[number], CopyValue>>;

interface ScoredDivision {
  readonly subject: SupervisedDivision;
  readonly score: number;
  readonly parts: readonly object[];
}

/** The schemes that fit a whole division: its grid cases, and its hotline. */
const SCHEME_IDS = ['CITY-2026', 'HOTLINE-3R'];
const RATES = ['onTimeCloseRate', 'lateCloseRate', 'extensionRate', 'reworkRate'];
const HOTLINE_RATES = ['responseRate', 'resolutionRate', 'satisfactionRate'];

export function* evaluationRows(platform: DemoPlatform, seed: string): Generator<EvaluationRow> {
  const subjects = evaluatedSubjects(platform);
  const used = schemes().filter(({ id }) => SCHEME_IDS.includes(id));
  for (const month of MONTHS) {
    for (const scheme of used) {
      const scored = subjects.map((subject) => evaluate(scheme, subject, countsOf(seed, subject, month)));
      for (const { subject, score, parts } of scored) {
        yield {
          scheme: scheme.id,
          division: subject.division,
          month: `${month}-01`,
          evaluator: platform.division,
          score,
          grade: gradeOf(score),
          rank: 1 + scored.filter((other) => other.subject.peers === subject.peers && other.score > score).length,
          parts: JSON.stringify(parts),
        };
      }
    }
  }
}

function countsOf(seed: string, { division }: SupervisedDivision, month: string): Counts {
  const { cases, hotline } = performanceOf(seed, division, month);
  return { ...cases, ...hotline };
}

function evaluate(scheme: Scheme, subject: SupervisedDivision, counts: Counts): ScoredDivision {
  const rates = [...RATES, ...HOTLINE_RATES].map((key) => [key, rateOf(key, counts)?.value] as const);
  const { score, parts } = scoreOf(scheme, Object.fromEntries(rates));
  return {
    subject,
    score: twoDecimals(score ?? 0),
    parts: parts.map((part) => {
      const [metric = ''] = part.indicator.split('+');
      const rate = rateOf(metric, counts);
      return {
        indicator: part.indicator,
        name: metricOf(metric)?.name ?? part.indicator,
        score: twoDecimals(part.score ?? 0),
        fullScore: part.fullScore,
        numerator: rate === null ? null : Math.round(rate.numerator),
        denominator: rate?.denominator ?? null,
      };
    }),
  };
}

function twoDecimals(value: number): number {
  return Math.round(value * 100) / 100;
}
