/** The children of a division as a connection. All parents of an answer share one query. */
import { type Edge, type Page, PlatformError } from '@yiwang/platform';
import { encodePosition, PAGE_SIZE_MAX, parsePosition } from '@yiwang/schema';
import { childrenOn } from '../divisions-of-the-day.ts';
import type { NationalLoaders } from '../loaders.ts';
import type { DivisionRow } from '../store.ts';

const ORDER = 'CODE:ASC';

export interface ChildrenArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

/**
 * Throws `PlatformError` `BAD_USER_INPUT` for a size out of bounds, and for a cursor that is not one of a list of
 * divisions.
 */
export function readChildrenPage(
  loaders: NationalLoaders,
  { code: parent, on }: { readonly code: string; readonly on: string | null },
  { first, after }: ChildrenArguments,
): Page<DivisionRow> {
  const size = parseSize(first);
  const key = { parent, on, after: parseAfter(after), first: size };
  const readRows = (): Promise<readonly DivisionRow[]> => loaders.divisionChildren.load(key);
  const nodes = async (): Promise<readonly DivisionRow[]> => (await readRows()).slice(0, size);
  return {
    nodes,
    edges: async () => (await nodes()).map((node): Edge<DivisionRow> => ({ node, cursor: cursorOf(node) })),
    pageInfo: async () => {
      const last = (await nodes()).at(-1);
      return { hasNextPage: (await readRows()).length > size, endCursor: last ? cursorOf(last) : null };
    },
    totalCount: async () =>
      on === null ? ((await loaders.divisionChildrenCount.load(parent))?.count ?? 0) : childrenOn(parent, on).length,
  };
}

function cursorOf({ code }: DivisionRow): string {
  return encodePosition({ order: ORDER, value: code, division: code, id: code });
}

function parseSize(first: number | null | undefined): number {
  const size = first ?? 100;
  if (size >= 0 && size <= PAGE_SIZE_MAX) return size;
  throw new PlatformError('BAD_USER_INPUT', `"first" is ${size}; expected 0 to ${PAGE_SIZE_MAX}`);
}

function parseAfter(after: string | null | undefined): string {
  if (after === null || after === undefined) return '';
  const position = parsePosition(after);
  if (position?.order === ORDER) return position.id;
  throw new PlatformError(
    'BAD_USER_INPUT',
    '"after" is no cursor of this list; take one from "endCursor" or an edge of its page before',
  );
}
