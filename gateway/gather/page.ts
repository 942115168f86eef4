/** PAGE: a page from each platform → one page, by the positions that their cursors carry. */
import { comparePositions, isIn, type Position, parsePosition, type Region } from '@yiwang/schema';
import type { FieldNode } from 'graphql';
import { type Contribution, HIDDEN, type MergeContext, type Merged, whole } from '../model/gather.ts';
import { field, fieldsOf, responseKeyOf, selectionSet } from './fields.ts';
import { asList, asObject, Nonconforming, sum } from './values.ts';

const EDGES = `${HIDDEN}edges`;
const INFO = `${HIDDEN}info`;

export interface PageProgram {
  readonly node: FieldNode;
  merge(contributions: readonly Contribution[], context: MergeContext): Merged;
  readonly empty: unknown;
}

interface Row {
  readonly position: Position;
  readonly cursor: string;
  readonly page: Readonly<Record<string, unknown>>;
  readonly index: number;
}

interface Page {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly contributions: readonly Readonly<Record<string, unknown>>[];
}

export function compilePage(node: FieldNode): PageProgram {
  const selected = fieldsOf(node.selectionSet);
  const needsRows = selected.some(
    ({ name }) => name.value === 'edges' || name.value === 'nodes' || name.value === 'pageInfo',
  );
  const added = [
    field('edges', { alias: EDGES, fields: [field('cursor')] }),
    field('pageInfo', { alias: INFO, fields: [field('hasNextPage')] }),
  ];
  const writers = selected.map((part) => ({ responseKey: responseKeyOf(part), write: compilePart(part) }));
  const write = (page: Page, context: MergeContext) =>
    Object.fromEntries(writers.map(({ responseKey, write: part }) => [responseKey, part(page, context)]));
  return {
    node: { ...node, selectionSet: selectionSet(needsRows ? [...selected, ...added] : selected) },
    merge: (contributions, context) => {
      const pages = contributions.map(({ value }) => asObject(value, 'connection'));
      const rows = needsRows ? contributions.flatMap(({ region }, i) => rowsOf(pages[i]!, region)) : [];
      return whole(write(cut(rows, pages, context), context));
    },
    empty: Object.fromEntries(writers.map(({ responseKey, write: part }) => [responseKey, part(EMPTY, NO_CONTEXT)])),
  };
}

const EMPTY: Page = { rows: [], hasNextPage: false, contributions: [] };
const NO_CONTEXT: MergeContext = { args: {}, smallCount: 0, sealCursor: (position) => position };

/** The rows of one platform, each with its position. */
function rowsOf(page: Readonly<Record<string, unknown>>, region: Region): Row[] {
  return asList(page[EDGES], 'edges').map((edge, index): Row => {
    const { cursor } = asObject(edge, 'edge');
    const position = typeof cursor === 'string' ? parsePosition(cursor) : undefined;
    if (!position) throw new Nonconforming('a cursor does not tell its position');
    if (!isIn(region, position.division)) throw new Nonconforming('a row lies outside of what was asked for');
    return { position, cursor: String(cursor), page, index };
  });
}

function cut(rows: Row[], pages: Page['contributions'], { args }: MergeContext): Page {
  rows.sort((a, b) => comparePositions(a.position, b.position));
  const first = typeof args.first === 'number' ? args.first : rows.length;
  const more = rows.length > first || pages.some((page) => isObjectWith(page[INFO], 'hasNextPage'));
  return { rows: rows.slice(0, first), hasNextPage: more, contributions: pages };
}

function isObjectWith(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && (value as Record<string, unknown>)[key] === true;
}

function compilePart(part: FieldNode): (page: Page, context: MergeContext) => unknown {
  const responseKey = responseKeyOf(part);
  switch (part.name.value) {
    case 'nodes':
      return ({ rows }) => rows.map(({ page, index }) => asList(page[responseKey], 'nodes')[index]);
    case 'edges':
      return compileEdges(part, responseKey);
    case 'pageInfo':
      return compileInfo(part);
    case 'totalCount':
      return ({ contributions }) => sum(contributions.map((page) => page[responseKey])) ?? 0;
    default:
      return ({ contributions }) => contributions[0]?.[responseKey] ?? null;
  }
}

function compileEdges(part: FieldNode, responseKey: string): (page: Page, context: MergeContext) => unknown {
  const cursors = fieldsOf(part.selectionSet)
    .filter(({ name }) => name.value === 'cursor')
    .map(responseKeyOf);
  return ({ rows }, { sealCursor }) =>
    rows.map(({ page, index, cursor }) => {
      const edge = asObject(asList(page[responseKey], 'edges')[index], 'edge');
      if (cursors.length === 0) return edge;
      return { ...edge, ...Object.fromEntries(cursors.map((key) => [key, sealCursor(cursor)])) };
    });
}

function compileInfo(part: FieldNode): (page: Page, context: MergeContext) => unknown {
  const fields = fieldsOf(part.selectionSet).map((node) => ({ key: responseKeyOf(node), name: node.name.value }));
  return ({ rows, hasNextPage }, { sealCursor }) => {
    const last = rows.at(-1);
    const value: Record<string, unknown> = {
      hasNextPage,
      endCursor: last ? sealCursor(last.cursor) : null,
      __typename: 'PageInfo',
    };
    return Object.fromEntries(fields.map(({ key, name }) => [key, value[name] ?? null]));
  };
}
