/** The resolvers of a stub platform: pages of cases, and their statistics. */
import {
  comparePositions,
  containsDivision,
  encodePosition,
  type Position,
  parsePosition,
  type Region,
  regionOf,
} from '@yiwang/schema';
import { instantAt, type StubCase } from './stub-cases.ts';

interface WithinArgs {
  readonly within?: string | null;
}

interface PageArgs extends WithinArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface GroupArgs extends WithinArgs {
  readonly groupBy?: readonly string[];
}

/** The root value for a caller who sees `scope`. `onRows` receives the number of rows of each page. */
export function createStubRoot(rows: readonly StubCase[], scope: Region, onRows: (count: number) => void) {
  const visible = (within?: string | null) =>
    rows.filter(
      ({ division }) => containsDivision(scope, division) && (!within || containsDivision(regionOf(within), division)),
    );
  return {
    cases: (args: PageArgs) => pageOf(visible(args.within), args, onRows),
    case: ({ id }: { id: string }) =>
      visible()
        .map(caseOf)
        .find((row) => row.id === id) ?? null,
    caseStatistics: (args: GroupArgs) => statisticsOf(visible(args.within), args),
    inspections: () => pageOf([], {}, onRows),
  };
}

function pageOf(rows: readonly StubCase[], { first, after }: PageArgs, onRows: (count: number) => void) {
  const start = after ? parsePosition(after) : undefined;
  const positioned = rows
    .map((row) => ({ row, position: positionOf(row) }))
    .sort((a, b) => comparePositions(a.position, b.position))
    .filter(({ position }) => start === undefined || comparePositions(position, start) > 0);
  const edges = positioned
    .slice(0, first ?? 50)
    .map(({ row, position }) => ({ node: caseOf(row), cursor: encodePosition(position) }));
  onRows(edges.length);
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: { hasNextPage: positioned.length > edges.length, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: rows.length,
  };
}

function positionOf({ reportedAt, division, id }: StubCase): Position {
  return { order: 'REPORTED_AT:DESC', value: reportedAt, division, id };
}

function caseOf(row: StubCase) {
  const { division, status, onTime, dueAt } = row;
  const isClosed = status === 'CLOSED';
  const minutesLate = onTime ? -10 : 10;
  const ended = {
    handledAt: isClosed ? minutesAfter(dueAt, minutesLate - 5) : null,
    closedAt: isClosed ? minutesAfter(dueAt, minutesLate) : null,
    onTime: isClosed ? onTime : null,
  };
  return {
    __typename: 'Case',
    ...row,
    ...ended,
    division: { code: division },
    filedOnTime: true,
    overdue: false,
    suspended: false,
    extensionCount: 0,
    address: '广安门外大街1号',
  };
}

function minutesAfter(instant: string, minutes: number): string {
  return instantAt(Date.parse(instant) + minutes * 60_000);
}

function statisticsOf(rows: readonly StubCase[], { groupBy = [] }: GroupArgs) {
  const byCounty = groupBy.includes('COUNTY');
  const groups = new Map<string | null, StubCase[]>(byCounty ? [] : [[null, []]]);
  for (const row of rows) {
    const key = byCounty ? row.division.slice(0, 6) : null;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].map(([division, groupRows]) => groupOf(division, groupRows));
}

function groupOf(division: string | null, rows: readonly StubCase[]) {
  const closed = rows.filter(({ status }) => status === 'CLOSED');
  const onTime = closed.filter((row) => row.onTime).length;
  const rate = (numerator: number, denominator: number) => ({
    numerator,
    denominator,
    value: denominator === 0 ? null : numerator / denominator,
  });
  return {
    key: {
      division: division === null ? null : { code: division },
      category: null,
      source: null,
      department: null,
      month: null,
    },
    counts: {
      reported: rows.length,
      filed: rows.length,
      filedOnTime: rows.length,
      handled: closed.length,
      handleDue: rows.length,
      due: rows.length,
      closed: closed.length,
      closedOnTime: onTime,
      reworked: 0,
      returned: 0,
      voided: 0,
      open: rows.length - closed.length,
      overdue: 0,
    },
    rates: { closing: rate(closed.length, rows.length), closingOnTime: rate(onTime, rows.length) },
  };
}
