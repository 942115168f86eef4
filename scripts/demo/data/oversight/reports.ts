/** The monthly accounts that the divisions below hand in: on time or late, accepted, sent back, corrected. */
import { metricOf } from '@yiwang/schema/statistics';
import type { DemoPlatform } from '../../platforms.ts';
import type { CopyValue } from '../copy.ts';
import { DATA_END, DAY_MS, HOUR_MS, isoOf, MONTHS, monthEnd } from '../data-period.ts';
import { createRandom, type Random } from '../random.ts';
import { type Counts, FIGURE_METRICS, type FigureKind, type Figures } from './figures.ts';
import { createSerials } from './inspections.ts';
import { nextSubjects } from './subjects.ts';

export const REPORT_COLUMNS = [
  ...(['id', 'division', 'kind', 'month', 'version', 'is_current', 'deadline', 'submitted_at'] as const),
  ...(['accepted_at', 'late', 'status', 'figures'] as const),
];
export type ReportRow = Readonly<Record<(typeof REPORT_COLUMNS)[number], CopyValue>>;

const KINDS = ['CASES', 'HOTLINE'] as const;

/** What one city handed in otherwise than its rows are. `by`: of a count, at least 1 or -1 where there is one. */
interface Adjustment {
  readonly division: string;
  readonly month: string;
  readonly kind: FigureKind;
  readonly metrics: readonly string[];
  readonly by: (count: number) => number;
  /** Null: the figure is false. */
  readonly because: string | null;
}

const ADJUSTMENTS: readonly Adjustment[] = [
  {
    ...{ division: '420600', month: '2026-03', kind: 'CASES', metrics: ['reported'] },
    by: (count) => -Math.min(count, 2),
    because: '剔除系统演练产生的测试案件，已附清单。',
  },
  {
    ...{ division: '420600', month: '2026-07', kind: 'CASES', metrics: ['closeDue', 'closed', 'closedOnTime'] },
    by: () => 1,
    because: '系统升级期间一件按期办结的案件未入库，凭纸质工单补计。',
  },
  {
    ...{
      division: '420600',
      month: '2026-07',
      kind: 'HOTLINE',
      metrics: ['callbacksValid', 'contacted', 'resolved', 'satisfied'],
    },
    by: (count) => -Math.min(count, 1),
    because: '剔除诉求人撤诉的一件回访。',
  },
  {
    ...{ division: '420600', month: '2026-08', kind: 'CASES', metrics: ['closeDue', 'closed', 'closedOnTime'] },
    by: (count) => Math.max(3, Math.round(count * 0.08)),
    because: null,
  },
];
const LATE_SHARE = 0.08;
const CORRECTED_SHARE = 0.06;
/** Days of the month after within which an account is due. */
const DUE_DAYS = 5;

interface ReportAccount {
  readonly division: string;
  readonly month: string;
  readonly kind: FigureKind;
  readonly counts: Counts;
  readonly deadline: number;
}

/**
 * Accounts of months whose hand-in had come by the end of the span. A division without a platform has no rows, and hands in
 * nothing.
 */
export function* reportRows(platform: DemoPlatform, seed: string, figures: Figures): Generator<ReportRow> {
  if (platform.tier !== 'NATIONAL' && platform.tier !== 'PROVINCIAL') return;
  const random = createRandom(`${seed} reports ${platform.id}`);
  const serials = createSerials(platform);
  for (const month of MONTHS.slice(0, -1)) {
    for (const { division } of nextSubjects(platform)) {
      const deadline = monthEnd(month) + DUE_DAYS * DAY_MS;
      for (const kind of KINDS) {
        const counts = figures.ofDivision(kind, division, month);
        if (counts) yield* versionsOf(random, serials, { division, month, kind, counts, deadline });
      }
    }
  }
}

function* versionsOf(
  random: Random,
  serials: (division: string, kind: string) => string,
  account: ReportAccount,
): Generator<ReportRow> {
  const late = random.chance(LATE_SHARE);
  const submittedAt =
    account.deadline + (late ? random.between(HOUR_MS, 4 * DAY_MS) : -random.between(HOUR_MS, 96 * HOUR_MS));
  const corrected = random.chance(CORRECTED_SHARE);
  const row = (version: number, submitted: number, status: string): ReportRow => ({
    id: serials(account.division, 'PR'),
    division: account.division,
    kind: account.kind,
    month: `${account.month}-01`,
    version,
    is_current: status !== 'SUPERSEDED',
    deadline: isoOf(account.deadline),
    submitted_at: isoOf(Math.floor(submitted)),
    accepted_at: status === 'ACCEPTED' ? isoOf(Math.floor(submitted + random.between(2, 60) * HOUR_MS)) : null,
    late,
    status,
    figures: JSON.stringify(figuresOf(account, version === 1 && corrected)),
  });
  if (corrected) yield row(1, submittedAt, 'SUPERSEDED');
  const lastAt = corrected ? submittedAt + random.between(DAY_MS, 6 * DAY_MS) : submittedAt;
  yield row(corrected ? 2 : 1, lastAt, lastStatus(random, account.month));
}

/** Of the last months, some accounts are under review, and a few were sent back and are not yet corrected. */
function lastStatus(random: Random, month: string): string {
  if (monthEnd(month) < DATA_END - 62 * DAY_MS) return 'ACCEPTED';
  return random.chance(0.6) ? 'ACCEPTED' : random.chance(0.75) ? 'SUBMITTED' : 'RETURNED';
}

/** A first version that was corrected later had counted some rows twice. */
function figuresOf({ division, month, kind, counts }: ReportAccount, inflated: boolean): object[] {
  const adjustments = ADJUSTMENTS.filter(
    (entry) => entry.division === division && entry.month === month && entry.kind === kind,
  );
  return FIGURE_METRICS[kind]
    .flatMap((metric) => {
      const count = counts[metric];
      if (count === undefined) return [];
      const name = metricOf(metric)?.name ?? metric;
      if (inflated) return [{ metric, name, value: Math.ceil(count * 1.03) }];
      const adjustment = adjustments.find(({ metrics }) => metrics.includes(metric));
      const because = adjustment?.because ?? null;
      const value = count + (adjustment?.by(count) ?? 0);
      return [{ metric, name, value, ...(because === null ? {} : { adjustedBecause: because }) }];
    })
    .sort((a, b) => (a.metric < b.metric ? -1 : 1));
}
