/** What a gathered field is compiled to: the field as platforms are asked for it, and how their answers become one. */

import type { Region } from '@yiwang/schema';
import type { FieldNode, GraphQLField } from 'graphql';
import type { GatherKind } from './supergraph.ts';

/** All that is added to what was asked for begins with this, and none of it reaches a client. */
export const HIDDEN_PREFIX = '__yw_';

/** The arguments of the field, coerced, and what a merge has to know about the caller. */
export interface MergeContext {
  readonly args: Readonly<Record<string, unknown>>;
  /** Groups with fewer than this many are withheld; 0 withholds none. */
  readonly smallCount: number;
  /** Counts of groups are shown as the nearest multiple of it. Default: as they are. */
  readonly roundTo?: number;
  /** Position → the cursor that this caller gets for it. */
  signCursor(position: string): string;
}

/** One of several contributions that has not the shape of the standard. */
export interface InvalidContribution {
  readonly index: number;
  /** What was expected of it. */
  readonly expected: string;
}

/** What one platform gave for a field. */
export interface Contribution {
  /** Not null. */
  readonly value: unknown;
  /** What it was asked for: a row that tells its division must lie in it. */
  readonly region: Region;
  /** What it gave when it was asked for more of its page, rows alone; undefined where it was not, or did not. */
  readonly refill?: unknown;
}

export interface MergeResult {
  readonly value: unknown;
  /** Groups that were withheld because their counts are small. */
  readonly withheld: number;
  /** True where two platforms gave different answers to what only one of them may own. */
  readonly conflict: boolean;
}

export interface FieldProgram {
  readonly responseKey: string;
  readonly by: GatherKind;
  readonly definition: GraphQLField<unknown, unknown>;
  /** The field as the client asked for it. */
  readonly clientNode: FieldNode;
  /** The field as platforms are asked for it: with what the merge needs, and hidden variables for some arguments. */
  readonly node: FieldNode;
  readonly hidden: readonly HiddenVariable[];
  /** True if one platform alone may cut its groups to `top`: nothing is worked out from those that it leaves out. */
  readonly mayTruncateBelow: boolean;
  /** True for statistics of which the public is not shown small groups. */
  readonly withholds: boolean;
  /** Throws `BAD_USER_INPUT` for arguments that no merge could follow, or that the public may not use, so that nobody is asked in vain. */
  check(args: Readonly<Record<string, unknown>>, isPublic: boolean): void;
  /** Throws `Nonconforming` where a contribution has not the shape of the standard. */
  merge(contributions: readonly Contribution[], context: MergeContext): MergeResult;
  /** What stands in the answer where no platform contributed; undefined leaves the field missing. */
  readonly emptyValue: unknown;
  /** What stands there where the field was refused: no number, since nobody counted. Undefined leaves the field missing. */
  readonly refusedValue: unknown;
  /** How platforms that were asked for a share of a page are asked for more of it; undefined where pages are asked for whole. */
  readonly refill: RefillProgram | undefined;
}

/** A page that is asked for in shares, which is sure once no platform may hold a row between those that it gave and the page's end. */
export interface RefillProgram {
  /** The field as a platform is asked for more: its rows alone, with the same hidden variables. */
  readonly node: FieldNode;
  /** Who must be asked for more. Throws `Nonconforming` where a contribution has not the shape of the standard. */
  findIncomplete(contributions: readonly Contribution[], asked: RequestedRows): readonly IncompletePage[];
  /** True where `refill` has the shape of the standard, and all of its rows come after the position `after`. */
  isContinuation(refill: Contribution, after: string): boolean;
}

/** How many rows were asked for. */
export interface RequestedRows {
  /** By the client, of all platforms together. */
  readonly first: number;
  /** Of each platform. */
  readonly perPlatform: number;
}

/** A platform that has more rows, some of which may be on the page. */
export interface IncompletePage {
  /** Of its contribution. */
  readonly index: number;
  /** The position of the last row that it gave. */
  readonly after: string;
  /** How many rows after that one may be on the page. */
  readonly rows: number;
}

/** A variable in place of an argument whose value the gateway decides: `top` is null, since a merged list is cut after the merge, unless one platform has all of it. */
export interface HiddenVariable {
  readonly name: string;
  readonly type: string;
  readonly role: 'first' | 'position' | 'top' | 'within';
}

export function mergeResult(value: unknown): MergeResult {
  return { value, withheld: 0, conflict: false };
}
