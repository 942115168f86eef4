/** The compiled form of a gathered field: the field as platforms get it, and how their answers are merged. */

import type { Region } from '@yiwang/schema';
import { type FieldNode, type GraphQLField, Kind } from 'graphql';
import type { GatherKind } from './supergraph/supergraph-rules.ts';

/** Prefix of aliases and variables that the gateway adds; none of them reaches a client. */
export const HIDDEN_PREFIX = '__yw_';

/** The key of the division of a row that an id does not tell. */
export const DIVISION_KEY = `${HIDDEN_PREFIX}division`;

/** `division { code }`, by that key. */
export const DIVISION_FIELD: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: DIVISION_KEY },
  name: { kind: Kind.NAME, value: 'division' },
  selectionSet: {
    kind: Kind.SELECTION_SET,
    selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: 'code' } }],
  },
};

/** The coerced arguments of a field, and what the merge needs to know about the caller. */
export interface MergeContext {
  readonly args: Readonly<Record<string, unknown>>;
  /** Groups with smaller counts are withheld; 0 withholds none. */
  readonly smallCount: number;
  /** Counts of groups are rounded to multiples of this. Default: not rounded. */
  readonly roundTo?: number;
  /** Returns the cursor of a position for this caller. */
  signCursor(position: string): string;
}

/** A contribution that does not have the shape of the standard. */
export interface InvalidContribution {
  readonly index: number;
  /** What was expected, and nothing of what came. */
  readonly reason: string;
}

/** The value of one platform for a field. */
export interface Contribution {
  /** Not null. */
  readonly value: unknown;
  /** The region that the platform was asked for: rows with a division must lie in it. */
  readonly region: Region;
  /** Further rows of its page; undefined if the platform was not asked for more, or did not answer. */
  readonly refill?: unknown;
}

export interface MergeResult {
  readonly value: unknown;
  /** How many groups were withheld because of small counts. */
  readonly withheld: number;
  /** True if two platforms gave different values for an object that only one may own. */
  readonly conflict: boolean;
}

export interface FieldProgram {
  readonly responseKey: string;
  readonly by: GatherKind;
  readonly definition: GraphQLField<unknown, unknown>;
  /** The field in the operation of the client. */
  readonly clientNode: FieldNode;
  /** The field in fetches: with the selections that the merge needs, and hidden variables for some arguments. */
  readonly node: FieldNode;
  readonly hidden: readonly HiddenVariable[];
  /** True if a platform that is asked alone may cut its groups to `top`: no result depends on the others. */
  readonly mayTruncateBelow: boolean;
  /** True for statistics whose small groups are withheld from the public. */
  readonly withholds: boolean;
  /** True if the value is null unless every platform that was asked contributed. */
  readonly needsAll: boolean;
  /** Throws `BAD_USER_INPUT`, before any fetch, for arguments that cannot be merged or that the public may not use. */
  check(args: Readonly<Record<string, unknown>>, isPublic: boolean): void;
  /** Throws `NonconformingError` if a contribution does not have the shape of the standard. */
  merge(contributions: readonly Contribution[], context: MergeContext): MergeResult;
  /**
   * For each item of a list that the merge copies, what it is a copy of; undefined if items are not copied, or are of
   * several. Returns undefined if a contribution does not have the shape of the standard.
   */
  readonly originsOf?: ((contributions: readonly Contribution[]) => readonly ItemOrigin[] | undefined) | undefined;
  /** The value if no platform contributed; undefined leaves the field out. */
  readonly emptyValue: unknown;
  /** The value if the field was refused: no number, since nobody counted. Undefined leaves the field out. */
  readonly refusedValue: unknown;
  /** How to ask platforms for more of a page; undefined if they are asked for the whole page at first. */
  readonly refill: RefillProgram | undefined;
}

export interface ItemOrigin {
  /** The index of the contribution. */
  readonly origin: number;
  /** The item in the contribution. */
  readonly row: Readonly<Record<string, unknown>>;
}

/** A page in shares: it is complete once no platform can have a row between its last one and the end of the page. */
export interface RefillProgram {
  /** The field in the second round: rows only, with the same hidden variables. */
  readonly node: FieldNode;
  /** Returns the platforms to ask for more. Throws `NonconformingError` as `merge` does. */
  findIncomplete(contributions: readonly Contribution[], requested: RequestedRows): readonly IncompletePage[];
  /** Returns true if `refill` has the shape of the standard and all of its rows come after the position `after`. */
  isContinuation(refill: Contribution, after: string): boolean;
}

/** Numbers of rows. */
export interface RequestedRows {
  /** The size of the page. */
  readonly first: number;
  /** Asked of each platform in the first round. */
  readonly perPlatform: number;
}

/** A contribution whose platform has more rows that may be on the page. */
export interface IncompletePage {
  readonly index: number;
  /** Position of its last row. */
  readonly after: string;
  /** How many further rows may be on the page. */
  readonly rows: number;
}

/**
 * A variable for an argument that the gateway sets. `top` is null, since lists are cut after the merge, unless one
 * platform has the whole list.
 */
export interface HiddenVariable {
  readonly name: string;
  readonly type: string;
  readonly role: 'first' | 'position' | 'top' | 'within';
}

export function createMergeResult(value: unknown): MergeResult {
  return { value, withheld: 0, conflict: false };
}
