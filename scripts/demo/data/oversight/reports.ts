/** The monthly accounts that the divisions below hand in: on time or late, accepted, sent back, corrected. */
import { metricOf } from '@yiwang/schema/statistics';
import type { DemoPlatform } from '../../platforms.ts';
import type { CopyValue } from '../copy.ts';
import { DATA_END, DAY_MS, HOUR_MS, isoOf, MONTHS } from '../data-period.ts';
import { createRandom, type Random } from '../random.ts';
import { createSerials } from './inspections.ts';
import { type Performance, performanceOf } from './performance.ts';
import { nextSubjects } from './subjects.ts';

export const REPORT_COLUMNS = [
  ...(['id', 'division', 'kind', 'month', 'version', 'is_current', 'deadline', 'submitted_at'] as const),
  ...(['accepted_at', 'late', 'status', 'figures'] as const),
];
export type ReportRow = Readonly<Record<(typeof REPORT_COLUMNS)[number], CopyValue>>;

const KINDS = ['CASES', 'HOTLINE'] as const;
type ReportKind = (typeof KINDS)[number];
const LATE_SHARE = 0.08;
const CORRECTED_SHARE = 0.06;
/** Days of the month after within which an account is due. */
const DUE_DAYS = 5;

interface ReportAccount {
  readonly division: string;
  readonly month: string;
  readonly kind: ReportKind;
  readonly figures: Performance;
  readonly deadline: number;
}

/** Accounts of months whose hand-in had come by the end of the span. */
export function* reportRows(platform: DemoPlatform, seed: string): Generator<ReportRow> {
  if (platform.tier !== 'NATIONAL' && platform.tier !== 'PROVINCIAL') return;
  const random = createRandom(`${seed} reports ${platform.id}`);
  const serials = createSerials(platform);
  for (const month of MONTHS.slice(0, -1)) {
    for (const { division } of nextSubjects(platform)) {
      const figures = performanceOf(seed, division, month);
      const deadline = endOfMonth(month) + DUE_DAYS * DAY_MS;
      for (const kind of KINDS) yield* versionsOf(random, serials, { division, month, kind, figures, deadline });
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
  if (endOfMonth(month) < DATA_END - 62 * DAY_MS) return 'ACCEPTED';
  return random.chance(0.6) ? 'ACCEPTED' : random.chance(0.75) ? 'SUBMITTED' : 'RETURNED';
}

/** A first version that was corrected later had counted some rows twice. */
function figuresOf({ kind, figures }: ReportAccount, inflated: boolean): object[] {
  const counts = Object.entries(kind === 'CASES' ? figures.cases : figures.hotline);
  return counts
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([metric, value]) => ({
      metric,
      name: metricOf(metric)?.name ?? metric,
      value: inflated ? Math.round(value * 1.03) : value,
    }));
}

/** The first instant of the month after. */
function endOfMonth(month: string): number {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return Date.UTC(year, number, 1) - 8 * HOUR_MS;
}
