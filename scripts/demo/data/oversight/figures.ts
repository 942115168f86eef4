/** What the platforms below counted in their own rows → the figures of divisions and departments that upper tiers hold. */
import { containsDivision, regionOf } from '@yiwang/schema';

export type FigureKind = 'CASES' | 'HOTLINE';

/** By the keys of the standard's metrics. */
export type Counts = Readonly<Record<string, number>>;

/** The metrics that accounts state and schemes of evaluation score: what the platforms below are asked to count. */
export const FIGURE_METRICS: Readonly<Record<FigureKind, readonly string[]>> = {
  CASES: [
    ...['reported', 'filed', 'voided', 'handled', 'closeDue', 'closed', 'closedOnTime', 'closedLate'],
    ...['closePending', 'closePendingLate', 'returned', 'reworked', 'extended', 'reportedByPublicValid'],
  ],
  HOTLINE: ['callbacks', 'callbacksValid', 'contacted', 'resolved', 'satisfied', 'basicallySatisfied', 'dissatisfied'],
};

/** The rows of one platform that share county, department and month. */
export interface CountedGroup {
  readonly kind: FigureKind;
  /** The county of the rows, or the platform's own division for rows that lie above its counties. */
  readonly division: string;
  /** Null for rows that no department has. */
  readonly department: string | null;
  /** `2026-10` */
  readonly month: string;
  readonly counts: Counts;
}

export interface Figures {
  /** The counts of the division's rows in a month; undefined if no platform of the network holds rows of it. */
  ofDivision(kind: FigureKind, division: string, month: string): Counts | undefined;
  /** The departments with rows of the division in a month, in the order of their codes. */
  ofDepartments(kind: FigureKind, division: string, month: string): ReadonlyMap<string, Counts>;
}

/** `counted`: the divisions of the platforms that counted. */
export function createFigures(groups: readonly CountedGroup[], counted: readonly string[]): Figures {
  const byMonth = new Map<string, CountedGroup[]>();
  for (const group of groups) {
    const key = `${group.kind} ${group.month}`;
    const others = byMonth.get(key);
    if (others) others.push(group);
    else byMonth.set(key, [group]);
  }
  const within = (kind: FigureKind, division: string, month: string): CountedGroup[] => {
    const region = regionOf(division);
    return (byMonth.get(`${kind} ${month}`) ?? []).filter((group) => containsDivision(region, group.division));
  };
  return {
    ofDivision: (kind, division, month) =>
      counted.some((platform) => overlap(platform, division))
        ? sumOf(
            within(kind, division, month),
            groups.find((group) => group.kind === kind),
          )
        : undefined,
    ofDepartments(kind, division, month) {
      const departments = new Map<string, CountedGroup[]>();
      for (const group of within(kind, division, month)) {
        if (group.department === null) continue;
        departments.set(group.department, [...(departments.get(group.department) ?? []), group]);
      }
      return new Map(
        [...departments].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, own]) => [code, sumOf(own, own[0])]),
      );
    },
  };
}

/** True if one of the divisions lies in the other. */
function overlap(a: string, b: string): boolean {
  return containsDivision(regionOf(a), b) || containsDivision(regionOf(b), a);
}

/** `like` has the metrics that are counted: the sum over no group is 0 for each. */
function sumOf(groups: readonly CountedGroup[], like: CountedGroup | undefined): Counts {
  const sums: Record<string, number> = {};
  for (const metric of Object.keys(like?.counts ?? {})) {
    sums[metric] = groups.reduce((sum, { counts }) => sum + (counts[metric] ?? 0), 0);
  }
  return sums;
}
