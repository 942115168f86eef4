/** PAGE: a page from each platform → one page, by the positions that their cursors carry. */
import { comparePositions, parsePosition } from '@yiwang/schema';
import type { FieldNode } from 'graphql';
import { type Contribution, type MergeContext, type Merged, type RefillProgram, whole } from '../model/gather.ts';
import { field, fieldsOf, responseKeyOf, selectionSet } from './fields.ts';
import { type Connection, compareRows, EDGES, hasMore, INFO, lackingOf, type Row, rowsOf } from './page-rows.ts';
import { asList, asObject, Nonconforming, sum } from './values.ts';

export interface PageProgram {
  readonly node: FieldNode;
  merge(contributions: readonly Contribution[], context: MergeContext): Merged;
  readonly empty: unknown;
  readonly refused: unknown;
  /** Undefined where no row is asked for. */
  readonly refill: RefillProgram | undefined;
}

interface Page {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly contributions: readonly Connection[];
}

type WritePage = (page: Page, context: MergeContext) => Readonly<Record<string, unknown>>;

const ADDED = [
  field('edges', { alias: EDGES, fields: [field('cursor')] }),
  field('pageInfo', { alias: INFO, fields: [field('hasNextPage')] }),
];

export function compilePage(node: FieldNode): PageProgram {
  const selected = fieldsOf(node.selectionSet);
  const carriers = selected.filter(({ name }) => name.value === 'edges' || name.value === 'nodes');
  const needsRows = carriers.length > 0 || selected.some(({ name }) => name.value === 'pageInfo');
  const write = compileParts(selected);
  return {
    node: { ...node, selectionSet: selectionSet(needsRows ? [...selected, ...ADDED] : selected) },
    merge: (contributions, context) => {
      const pages = contributions.map(({ value }) => asObject(value, 'connection'));
      const page = needsRows ? cut(contributions, pages, context) : { ...EMPTY, contributions: pages };
      return whole(write(page, context));
    },
    empty: write(EMPTY, NO_CONTEXT),
    refused: withoutCount(write(EMPTY, NO_CONTEXT), selected),
    refill: needsRows ? compileRefill(node, carriers) : undefined,
  };
}

/** Nobody counted, and zero would be a statement. */
function withoutCount(page: Readonly<Record<string, unknown>>, selected: readonly FieldNode[]) {
  const counts = selected.filter(({ name }) => name.value === 'totalCount').map(responseKeyOf);
  return { ...page, ...Object.fromEntries(counts.map((key) => [key, null])) };
}

function compileRefill(node: FieldNode, carriers: readonly FieldNode[]): RefillProgram {
  const write = compileParts(carriers);
  return {
    node: { ...node, selectionSet: selectionSet([...carriers, ...ADDED]) },
    lacking: lackingOf,
    goesOn: (refill, after) => {
      const start = parsePosition(after);
      try {
        const rows = rowsOf(refill);
        write({ ...EMPTY, rows }, NO_CONTEXT);
        return start !== undefined && rows.every(({ position }) => comparePositions(position, start) > 0);
      } catch (error) {
        if (error instanceof Nonconforming) return false;
        throw error;
      }
    },
  };
}

const EMPTY: Page = { rows: [], hasNextPage: false, contributions: [] };
const NO_CONTEXT: MergeContext = { args: {}, smallCount: 0, sealCursor: (position) => position };

function cut(contributions: readonly Contribution[], pages: readonly Connection[], { args }: MergeContext): Page {
  const rows = contributions.flatMap(rowsOf).sort(compareRows);
  const first = typeof args.first === 'number' ? args.first : rows.length;
  const hasNextPage = rows.length > first || contributions.some(hasMore);
  return { rows: rows.slice(0, first), hasNextPage, contributions: pages };
}

function compileParts(selected: readonly FieldNode[]): WritePage {
  const writers = selected.map((part) => ({ responseKey: responseKeyOf(part), write: compilePart(part) }));
  return (page, context) =>
    Object.fromEntries(writers.map(({ responseKey, write }) => [responseKey, write(page, context)]));
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
