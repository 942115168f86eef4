/** PAGE: a page from each platform → one page, in the order of the positions that cursors encode. */
import { comparePositions, parsePosition } from '@yiwang/schema';
import type { FieldNode } from 'graphql';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import {
  type Contribution,
  createMergeResult,
  type MergeContext,
  type MergeResult,
  type RefillProgram,
} from '../../model/gather.ts';
import { createField, createSelectionSet, flattenFields } from '../field-nodes.ts';
import { expectList, expectObject, NonconformingError, sum } from '../merge-values.ts';
import {
  type ConnectionData,
  compareRows,
  EDGES_ALIAS,
  findIncomplete,
  hasMore,
  PAGE_INFO_ALIAS,
  type PositionedRow,
  readRows,
} from './page-rows.ts';

export interface PageProgram {
  readonly node: FieldNode;
  merge(contributions: readonly Contribution[], context: MergeContext): MergeResult;
  readonly emptyValue: unknown;
  readonly refusedValue: unknown;
  /** Undefined if the client selects no row. */
  readonly refill: RefillProgram | undefined;
}

interface MergedPage {
  readonly rows: readonly PositionedRow[];
  readonly hasNextPage: boolean;
  readonly contributions: readonly ConnectionData[];
}

type WritePage = (page: MergedPage, context: MergeContext) => Readonly<Record<string, unknown>>;

const MERGE_FIELDS = [
  createField('edges', { alias: EDGES_ALIAS, fields: [createField('cursor')] }),
  createField('pageInfo', { alias: PAGE_INFO_ALIAS, fields: [createField('hasNextPage')] }),
];

export function compilePage(node: FieldNode): PageProgram {
  const selected = flattenFields(node.selectionSet);
  const carriers = selected.filter(({ name }) => name.value === 'edges' || name.value === 'nodes');
  const needsRows = carriers.length > 0 || selected.some(({ name }) => name.value === 'pageInfo');
  const write = compilePageWriter(selected);
  return {
    node: { ...node, selectionSet: createSelectionSet(needsRows ? [...selected, ...MERGE_FIELDS] : selected) },
    merge: (contributions, context) => {
      const pages = contributions.map(({ value }) => expectObject(value, 'connection'));
      const page = needsRows ? mergeRows(contributions, pages, context) : { ...EMPTY_PAGE, contributions: pages };
      return createMergeResult(write(page, context));
    },
    emptyValue: write(EMPTY_PAGE, NO_CONTEXT),
    refusedValue: withoutCount(write(EMPTY_PAGE, NO_CONTEXT), selected),
    refill: needsRows ? compileRefill(node, carriers) : undefined,
  };
}

/** `totalCount` is null if the field was refused: zero would claim that there are no rows. */
function withoutCount(page: Readonly<Record<string, unknown>>, selected: readonly FieldNode[]) {
  const counts = selected.filter(({ name }) => name.value === 'totalCount').map(responseKeyOf);
  return { ...page, ...Object.fromEntries(counts.map((key) => [key, null])) };
}

function compileRefill(node: FieldNode, carriers: readonly FieldNode[]): RefillProgram {
  const write = compilePageWriter(carriers);
  return {
    node: { ...node, selectionSet: createSelectionSet([...carriers, ...MERGE_FIELDS]) },
    findIncomplete,
    isContinuation: (refill, after) => {
      const start = parsePosition(after);
      try {
        const rows = readRows(refill);
        write({ ...EMPTY_PAGE, rows }, NO_CONTEXT);
        return start !== undefined && rows.every(({ position }) => comparePositions(position, start) > 0);
      } catch (error) {
        if (error instanceof NonconformingError) return false;
        throw error;
      }
    },
  };
}

const EMPTY_PAGE: MergedPage = { rows: [], hasNextPage: false, contributions: [] };
const NO_CONTEXT: MergeContext = { args: {}, smallCount: 0, signCursor: (position) => position };

function mergeRows(
  contributions: readonly Contribution[],
  pages: readonly ConnectionData[],
  { args }: MergeContext,
): MergedPage {
  const rows = contributions.flatMap(readRows).sort(compareRows);
  const first = typeof args.first === 'number' ? args.first : rows.length;
  const hasNextPage = rows.length > first || contributions.some(hasMore);
  return { rows: rows.slice(0, first), hasNextPage, contributions: pages };
}

function compilePageWriter(selected: readonly FieldNode[]): WritePage {
  const writers = selected.map((part) => ({ responseKey: responseKeyOf(part), write: compilePageField(part) }));
  return (page, context) =>
    Object.fromEntries(writers.map(({ responseKey, write }) => [responseKey, write(page, context)]));
}

function compilePageField(part: FieldNode): (page: MergedPage, context: MergeContext) => unknown {
  const responseKey = responseKeyOf(part);
  switch (part.name.value) {
    case 'nodes':
      return ({ rows }) => rows.map(({ page, index }) => expectList(page[responseKey], 'nodes')[index]);
    case 'edges':
      return compileEdgesWriter(part, responseKey);
    case 'pageInfo':
      return compilePageInfoWriter(part);
    case 'totalCount':
      return ({ contributions }) => sum(contributions.map((page) => page[responseKey])) ?? 0;
    default:
      return ({ contributions }) => contributions[0]?.[responseKey] ?? null;
  }
}

function compileEdgesWriter(
  part: FieldNode,
  responseKey: string,
): (page: MergedPage, context: MergeContext) => unknown {
  const cursors = flattenFields(part.selectionSet)
    .filter(({ name }) => name.value === 'cursor')
    .map(responseKeyOf);
  return ({ rows }, { signCursor }) =>
    rows.map(({ page, index, cursor }) => {
      const edge = expectObject(expectList(page[responseKey], 'edges')[index], 'edge');
      if (cursors.length === 0) return edge;
      return { ...edge, ...Object.fromEntries(cursors.map((key) => [key, signCursor(cursor)])) };
    });
}

function compilePageInfoWriter(part: FieldNode): (page: MergedPage, context: MergeContext) => unknown {
  const fields = flattenFields(part.selectionSet).map((node) => ({ key: responseKeyOf(node), name: node.name.value }));
  return ({ rows, hasNextPage }, { signCursor }) => {
    const last = rows.at(-1);
    const value: Record<string, unknown> = {
      hasNextPage,
      endCursor: last ? signCursor(last.cursor) : null,
      __typename: 'PageInfo',
    };
    return Object.fromEntries(fields.map(({ key, name }) => [key, value[name] ?? null]));
  };
}
