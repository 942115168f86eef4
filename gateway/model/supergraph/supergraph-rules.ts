/** What a supergraph says besides its types: who serves each subgraph, and how its fields are routed and gathered. */
import type { JurisdictionForm, Partition, SubgraphAddress } from '@yiwang/schema';
import type { SelectionSetNode } from 'graphql';

export type GatherKind =
  | 'OWNER'
  | 'CONCAT'
  | 'PAGE'
  | 'SUM'
  | 'TOTAL'
  | 'MIN'
  | 'MAX'
  | 'RATE'
  | 'GROUP'
  | 'FIRST'
  | 'QUADRANT'
  | 'RANK';

export interface GatherRule {
  readonly by: GatherKind;
  /** The field set that tells rows apart (GROUP) or orders them (CONCAT). */
  readonly key: SelectionSetNode | undefined;
  /** The sibling counts that a QUADRANT or RANK is worked out from. */
  readonly of: readonly string[];
  /** Path of the count below which a group is withheld from the open audience. */
  readonly small: readonly string[] | undefined;
  /** In how many parts of one the numbers of a RATE are given. Default: 1. */
  readonly unit?: number;
}

/** A subgraph's home: a plain address, or platforms that the directory finds. */
export type SubgraphLocation =
  | { readonly kind: 'address'; readonly url: string }
  | ({ readonly kind: 'directory' } & SubgraphAddress);

export interface JurisdictionKey {
  readonly field: string;
  readonly form: JurisdictionForm;
  /** True when the rows are in everybody's reach. */
  readonly isPublic: boolean;
}

export interface JurisdictionRule {
  readonly argument: string;
  readonly form: JurisdictionForm;
  /** The argument that names several divisions instead; undefined if the field has none. */
  readonly listArgument: string | undefined;
}

export interface SupergraphRules {
  readonly locations: ReadonlyMap<string, SubgraphLocation>;
  gather(type: string, field: string): GatherRule | undefined;
  /**
   * The subgraphs whose platforms each have a part of a root field; undefined if one subgraph has all of it.
   */
  jointSubgraphs(field: string): readonly string[] | undefined;
  /** The argument that names the division, with its form. */
  jurisdiction(type: string, field: string): JurisdictionRule | undefined;
  /** True for a field that the public may see. */
  isOpen(type: string, field: string): boolean;
  readonly dimensionKeys: DimensionKeys;
  /** The key field of an entity that its division is read from. */
  jurisdictionKey(type: string): JurisdictionKey | undefined;
}

export type { Partition };

/** Enums by which statistics are grouped, with about how many groups each of their values makes. */
export type Dimensions = ReadonlyMap<string, ReadonlyMap<string, number>>;

/**
 * By the name of an enum: the values that fill a field of the group's key, which is asked for if they are. The other
 * fields of a key are asked for always.
 */
export type DimensionKeys = ReadonlyMap<string, ReadonlyMap<string, string>>;
