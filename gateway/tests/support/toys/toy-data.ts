/** The toy subgraph's answers, computed from rows in memory in the plainest way. */
import {
  comparePositions,
  containsDivision,
  encodePosition,
  parsePosition,
  type Region,
  regionOf,
} from '@yiwang/schema';

export interface Row {
  readonly id: string;
  readonly division: string;
  readonly kind: string;
  readonly size: number | null;
  readonly at: string;
}

interface Within {
  readonly within?: string | null;
  readonly withinAny?: readonly string[] | null;
}

interface Order {
  readonly by: string;
  readonly direction: 'ASC' | 'DESC';
}

/** The root value for a caller who sees `scope`. */
export function toyRoot(rows: readonly Row[], scope: Region, standard: string) {
  const seen = ({ within, withinAny }: Within = {}) => {
    if (within && withinAny) throw new Error('both arguments reached the platform');
    const places = withinAny ?? (within ? [within] : undefined);
    return rows.filter(
      ({ division }) =>
        containsDivision(scope, division) &&
        (!places || places.some((code) => containsDivision(regionOf(code), division))),
    );
  };
  const sizes = (within: Within) => seen(within).flatMap(({ size }) => (size === null ? [] : [size]));
  return {
    standard,
    rows: (args: Within & PageArgs) => pageOf(seen(args), args),
    row: ({ id }: { id: string }) =>
      seen()
        .map(toyRow)
        .find((row) => row.id === id) ?? null,
    list: (within: Within) => sorted(seen(within)).map(toyRow),
    total: (within: Within) => sum(sizes(within)),
    whole: (within: Within) => sum(sizes(within)),
    smallest: (within: Within) => (sizes(within).length ? Math.min(...sizes(within)) : null),
    latest: (within: Within) =>
      seen(within)
        .map(({ at }) => at)
        .sort()
        .at(-1) ?? null,
    share: (within: Within) => rateOf(seen(within)),
    statistics: (args: Within & StatisticsArgs) => statisticsOf(seen(args), args),
    corners: (within: Within) => cornersOf(seen(within)),
    leagues: (within: Within) => leaguesOf(seen(within)),
    division: (code: string) => ({
      __typename: 'Division',
      code,
      statistics: (args: StatisticsArgs) => statisticsOf(seen({ within: code }), args),
      whole: sum(sizes({ within: code })),
    }),
  };
}

interface PageArgs {
  readonly orderBy: 'SIZE_ASC' | 'SIZE_DESC';
  readonly first: number;
  readonly after?: string | null;
}

function pageOf(rows: readonly Row[], { orderBy, first, after }: PageArgs) {
  const order = orderBy === 'SIZE_ASC' ? 'SIZE:ASC' : 'SIZE:DESC';
  const placed = rows
    .map((row) => ({ row, position: { order, value: row.size, division: row.division, id: row.id } }))
    .sort((a, b) => comparePositions(a.position, b.position));
  const start = after ? parsePosition(after) : undefined;
  const rest = start ? placed.filter(({ position }) => comparePositions(position, start) > 0) : placed;
  const edges = rest
    .slice(0, first)
    .map(({ row, position }) => ({ node: toyRow(row), cursor: encodePosition(position) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: { hasNextPage: rest.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: rows.length,
  };
}

interface StatisticsArgs {
  readonly groupBy?: string | null;
  readonly orderBy?: Order | null;
  readonly top?: number | null;
}

function statisticsOf(rows: readonly Row[], { groupBy, orderBy, top }: StatisticsArgs) {
  const groups = groupRows(rows, (row) =>
    groupBy === 'DIVISION' ? [row.division, null] : groupBy === 'KIND' ? [null, row.kind] : [null, null],
  );
  if (!groupBy && groups.length === 0) groups.push({ key: [null, null], rows: [] });
  const statistics = groups.map(({ key: [division, kind], rows: own }) => ({
    key: { division: division ? { code: division } : null, kind: kind ?? null },
    counts: { rows: own.length, size: sum(own.map(({ size }) => size ?? 0)) },
    rates: { big: rateOf(own) },
  }));
  // Equal groups follow by key, as the standard has it.
  statistics.sort((a, b) => (keyText(a.key) < keyText(b.key) ? -1 : 1));
  if (orderBy) {
    const value = (item: (typeof statistics)[number]): number =>
      orderBy.by === 'rates.big'
        ? (item.rates.big.value ?? (orderBy.direction === 'ASC' ? 2 : -1))
        : orderBy.by === 'counts.size'
          ? item.counts.size
          : item.counts.rows;
    statistics.sort((a, b) => (orderBy.direction === 'ASC' ? value(a) - value(b) : value(b) - value(a)));
  }
  return statistics.slice(0, top ?? statistics.length);
}

function keyText({ division, kind }: { division: { code: string } | null; kind: string | null }): string {
  return `${division?.code ?? ''} ${kind ?? ''}`;
}

function cornersOf(rows: readonly Row[]) {
  return groupRows(rows, ({ kind }) => [kind]).map(({ key: [kind], rows: own }) => ({
    kind: kind!,
    rows: own.length,
    size: sum(own.map(({ size }) => size ?? 0)),
    quadrant: 'only one platform knows',
    rank: -1,
  }));
}

function leaguesOf(rows: readonly Row[]) {
  return groupRows(rows, ({ kind }) => [kind]).map(({ key: [kind], rows: own }) => ({
    kind: kind!,
    rates: { big: rateOf(own) },
    rank: -1,
  }));
}

function groupRows(rows: readonly Row[], keyOf: (row: Row) => (string | null)[]) {
  const groups = new Map<string, { key: (string | null)[]; rows: Row[] }>();
  for (const row of sorted(rows)) {
    const key = keyOf(row);
    const group = groups.get(JSON.stringify(key)) ?? { key, rows: [] };
    group.rows.push(row);
    groups.set(JSON.stringify(key), group);
  }
  return [...groups.values()];
}

function rateOf(rows: readonly Row[]) {
  const numerator = rows.filter(({ size }) => (size ?? 0) > 5).length;
  return { numerator, denominator: rows.length, value: rows.length ? numerator / rows.length : null };
}

function toyRow(row: Row) {
  return { __typename: 'Row', ...row, division: { code: row.division } };
}

function sorted(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => (a.division + a.id < b.division + b.id ? -1 : 1));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
