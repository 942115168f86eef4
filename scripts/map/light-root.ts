/** What a light platform answers, worked out from its rows: cases in pages, and their statistics. */
import {
  comparePositions,
  encodePosition,
  isIn,
  type Position,
  parsePosition,
  type Region,
  regionOf,
} from '@yiwang/schema';
import type { LightCase } from './light-rows.ts';

interface Within {
  readonly within?: string | null;
}

interface PageArgs extends Within {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface GroupArgs extends Within {
  readonly groupBy?: readonly string[];
}

/** The root value for a caller who sees `scope`; `onRows` hears how many rows a page carries. */
export function lightRoot(rows: readonly LightCase[], scope: Region, onRows: (count: number) => void) {
  const seen = (within?: string | null) =>
    rows.filter(({ division }) => isIn(scope, division) && (!within || isIn(regionOf(within), division)));
  return {
    cases: (args: PageArgs) => pageOf(seen(args.within), args, onRows),
    case: ({ id }: { id: string }) =>
      seen()
        .map(caseOf)
        .find((row) => row.id === id) ?? null,
    caseStatistics: (args: GroupArgs) => statisticsOf(seen(args.within), args),
    inspections: () => pageOf([], {}, onRows),
  };
}

function pageOf(rows: readonly LightCase[], { first, after }: PageArgs, onRows: (count: number) => void) {
  const start = after ? parsePosition(after) : undefined;
  const placed = rows
    .map((row) => ({ row, position: positionOf(row) }))
    .sort((a, b) => comparePositions(a.position, b.position))
    .filter(({ position }) => start === undefined || comparePositions(position, start) > 0);
  const edges = placed
    .slice(0, first ?? 50)
    .map(({ row, position }) => ({ node: caseOf(row), cursor: encodePosition(position) }));
  onRows(edges.length);
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: { hasNextPage: placed.length > edges.length, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: rows.length,
  };
}

function positionOf({ reportedAt, division, id }: LightCase): Position {
  return { order: 'REPORTED_AT:DESC', value: reportedAt, division, id };
}

function caseOf(row: LightCase) {
  return { __typename: 'Case', ...row, division: { code: row.division }, suspended: false };
}

function statisticsOf(rows: readonly LightCase[], { groupBy = [] }: GroupArgs) {
  const byCounty = groupBy.includes('COUNTY');
  const groups = new Map<string | null, LightCase[]>(byCounty ? [] : [[null, []]]);
  for (const row of rows) {
    const key = byCounty ? row.division.slice(0, 6) : null;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].map(([division, own]) => groupOf(division, own));
}

function groupOf(division: string | null, rows: readonly LightCase[]) {
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
