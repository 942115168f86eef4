/** What the bad platform answers: pages, lists and objects of broken rows, and statistics whose figures cannot be. */
import { encodePosition } from '@yiwang/schema';
import { ruledEntities } from '@yiwang/schema/rules';
import { QUALITY_DIMENSIONS, QUALITY_MEASURES } from '@yiwang/schema/statistics';
import { type GraphQLFieldResolver, getNamedType, isObjectType } from 'graphql';
import { BAD_DIVISION, type BadRow, badRowsOf } from './bad-rows.ts';

/** The order of each connection, as all platforms have it; `ID:ASC` for others. */
const ORDERS: Readonly<Record<string, string>> = {
  Case: 'REPORTED_AT:DESC',
  Request: 'RECEIVED_AT:DESC',
  Alarm: 'RAISED_AT:DESC',
  EnforcementCase: 'FILED_AT:DESC',
  SupervisionOrder: 'ISSUED_AT:DESC',
  Component: 'CODE:ASC',
  GridCell: 'CODE:ASC',
  PropertyCompany: 'CODE:ASC',
};
/** The value by which all rows are ordered alike. */
const ORDER_INSTANT = '2026-09-01T00:00:00.000Z';
/** Statistics by the type of their counts and rates. */
const FIGURES = { CaseStatistics: ['CaseCounts', 'CaseRates'], RequestStatistics: ['RequestCounts', 'RequestRates'] };

const rows = new Map<string, readonly BadRow[]>(ruledEntities().map((entity) => [entity, badRowsOf(entity)]));

interface PageArguments {
  readonly first?: number;
  readonly after?: string | null;
}

export const resolveField: GraphQLFieldResolver<unknown, unknown> = (
  source,
  args,
  _,
  { fieldName, returnType, parentType },
) => {
  const own = (source as Record<string, unknown> | undefined)?.[fieldName];
  if (own !== undefined) return own;
  const type = getNamedType(returnType);
  if (parentType.name === 'Query' && fieldName === '_entities') return resolveEntities(args.representations);
  if (!isObjectType(type)) return null;
  if (type.name.endsWith('Connection')) return pageOf(type.name.slice(0, -'Connection'.length), args);
  if (Object.hasOwn(FIGURES, type.name)) return groupsOf(type.name as keyof typeof FIGURES);
  if (type.name === 'Quality') return [qualityOf()];
  if (parentType.name !== 'Query') return nestedOf(type.name, String(returnType).startsWith('['));
  const list = (rows.get(type.name) ?? []).map(({ object }) => object);
  return String(returnType).startsWith('[') ? list : (list[0] ?? null);
};

function pageOf(entity: string, { first = 50, after }: PageArguments): object {
  const order = ORDERS[entity] ?? 'ID:ASC';
  const edges = (rows.get(entity) ?? []).map(({ serial, object }) => {
    const id = `${BAD_DIVISION}-${serial}`;
    const value = order.endsWith(':DESC') ? ORDER_INSTANT : id;
    return { node: object, cursor: encodePosition({ order, value, division: BAD_DIVISION, id }) };
  });
  const left = after ? edges.slice(edges.findIndex(({ cursor }) => cursor === after) + 1) : edges;
  const page = left.slice(0, first);
  return {
    edges: page,
    nodes: page.map(({ node }) => node),
    pageInfo: { hasNextPage: page.length < left.length, endCursor: page.at(-1)?.cursor ?? null },
    totalCount: edges.length,
  };
}

/** One group: of everything. Its counts break one rule, its rates another. */
function groupsOf(type: keyof typeof FIGURES): object[] {
  const [counts, rates] = FIGURES[type].map((entity) => rows.get(entity)?.[0]?.object ?? null);
  return [{ key: { division: null, category: null, source: null, department: null, month: null }, counts, rates }];
}

/** No row keeps a measure, and yet it ranks itself first. */
function qualityOf(): object {
  const count = rows.get('Case')?.length ?? 0;
  const nothing = { numerator: 0, denominator: count, value: 0 };
  const of = (names: readonly string[], value: unknown) => Object.fromEntries(names.map((name) => [name, value]));
  return {
    key: { division: { __typename: 'Division', code: BAD_DIVISION }, category: null },
    counts: { rows: count, ...of(QUALITY_MEASURES, 0) },
    rates: of([...QUALITY_MEASURES, ...QUALITY_DIMENSIONS, 'score'], nothing),
    rank: 1,
  };
}

function nestedOf(entity: string, isList: boolean): unknown {
  const objects = (rows.get(entity) ?? []).map(({ object }) => object);
  return isList ? objects : (objects[0] ?? null);
}

interface Representation {
  readonly __typename: string;
  readonly id?: string;
  readonly code?: string;
}

function resolveEntities(representations: readonly Representation[]): unknown[] {
  return representations.map(({ __typename, ...key }) => {
    const match = (rows.get(__typename) ?? []).find(
      ({ object }) =>
        (key.id !== undefined && object.id === key.id) || (key.code !== undefined && object.code === key.code),
    );
    return { __typename, ...match?.object, ...key };
  });
}
