/**
 * Monthly evaluations: each object by a scheme that is for it, over the counts of its rows, then ranks. Objects that hardly
 * anything was counted for are not evaluated: a rate of a few rows says nothing, and may tell of persons.
 */
import { disclosure } from '@yiwang/schema';
import { gradeOf, metricOf, rateOf, type Scheme, schemes, scoreOf } from '@yiwang/schema/statistics';
import type { DemoPlatform } from '../../platforms.ts';
import type { CopyValue } from '../copy.ts';
import { DAY_MS, HOUR_MS, isoOf, MONTHS, monthEnd } from '../data-period.ts';
import type { Counts, FigureKind, Figures } from './figures.ts';
import { evaluatedSubjects, nextSubjects } from './subjects.ts';

export const EVALUATION_COLUMNS = [
  ...(['scheme', 'division', 'department', 'month', 'evaluator', 'score', 'grade', 'rank', 'parts'] as const),
  ...(['published_at'] as const),
];
export type EvaluationRow = Readonly<Record<(typeof EVALUATION_COLUMNS)[number], CopyValue>>;

/** What is evaluated in one month. */
interface Subject {
  readonly division: string;
  readonly department: string | null;
  /** Subjects with the same are ranked against each other. */
  readonly peers: string;
  readonly counts: Counts;
}

interface ScoredSubject extends Subject {
  readonly score: number;
  readonly parts: readonly object[];
}

/** The schemes in use, with what they count; their object says what they are for. */
const SCHEMES: readonly { readonly id: string; readonly kind: FigureKind }[] = [
  { id: 'AREA-2026', kind: 'CASES' },
  { id: 'CITY-2026', kind: 'CASES' },
  { id: 'HOTLINE-3R', kind: 'HOTLINE' },
];
/** After the end of the month. */
const PUBLISHED_AFTER_MS = 14 * DAY_MS + 10 * HOUR_MS;

/** The newest month is scored and not yet public. */
export function* evaluationRows(platform: DemoPlatform, figures: Figures): Generator<EvaluationRow> {
  const newest = MONTHS.at(-1);
  for (const month of MONTHS) {
    const publishedAt = month === newest ? null : monthEnd(month) + PUBLISHED_AFTER_MS;
    for (const { id, kind } of SCHEMES) {
      const scheme = schemes().find((entry) => entry.id === id)!;
      const subjects = subjectsOf(platform, scheme, { kind, month, figures });
      const scored = subjects.flatMap((subject) => evaluate(scheme, subject) ?? []);
      for (const { division, department, peers, score, parts } of scored) {
        yield {
          scheme: scheme.id,
          division,
          department,
          month: `${month}-01`,
          evaluator: platform.division,
          score,
          grade: gradeOf(score),
          rank: 1 + scored.filter((other) => other.peers === peers && other.score > score).length,
          parts: JSON.stringify(parts),
          published_at: isoOf(publishedAt),
        };
      }
    }
  }
}

interface Counted {
  readonly kind: FigureKind;
  readonly month: string;
  readonly figures: Figures;
}

/** Areas for a scheme of areas; departments or units in the areas of the next tier for any other. */
function subjectsOf(platform: DemoPlatform, { object }: Scheme, { kind, month, figures }: Counted): Subject[] {
  if (object === 'AREA') {
    return evaluatedSubjects(platform).flatMap(({ division, peers }) => {
      const counts = figures.ofDivision(kind, division, month);
      return counts ? [{ division, department: null, peers, counts }] : [];
    });
  }
  // A province looks at the departments of its cities; the ministry does not.
  if (platform.tier !== 'PROVINCIAL') return [];
  return nextSubjects(platform).flatMap(({ division }) =>
    [...figures.ofDepartments(kind, division, month)].map(([department, counts]) => ({
      division,
      department,
      peers: division,
      counts,
    })),
  );
}

/** Undefined if hardly anything was counted. */
function evaluate(scheme: Scheme, subject: Subject): ScoredSubject | undefined {
  const { counts } = subject;
  const terms = scheme.indicators.flatMap(({ term }) => term.split('+').map((part) => part.replace(/^[\d.]+\*/, '')));
  const rates = terms.map((key) => [key, rateOf(key, counts)] as const);
  if (rates.every(([, rate]) => (rate?.denominator ?? 0) < disclosure.smallCount)) return undefined;
  const { score, parts } = scoreOf(scheme, Object.fromEntries(rates.map(([key, rate]) => [key, rate?.value])));
  if (score === null) return undefined;
  const known = parts.filter((part) => part.score !== null);
  return { ...subject, score: twoDecimals(score), parts: known.map((part) => partOf(part, counts)) };
}

function partOf({ indicator, score, fullScore }: ReturnType<typeof scoreOf>['parts'][number], counts: Counts): object {
  const [metric = ''] = indicator.split('+');
  const rate = rateOf(metric, counts);
  return {
    indicator,
    name: metricOf(metric)?.name ?? indicator,
    score: twoDecimals(score ?? 0),
    fullScore,
    numerator: rate === null ? null : Math.round(rate.numerator),
    denominator: rate?.denominator ?? null,
  };
}

function twoDecimals(value: number): number {
  return Math.round(value * 100) / 100;
}
