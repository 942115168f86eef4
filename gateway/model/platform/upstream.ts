/** What one gateway asks of another: a fetch, answered with coverage that names the region of each platform. */
import type { Region, Tier } from '@yiwang/schema';
import type { GraphQLError } from 'graphql';
import type { CoverageEntry, ValidatedOperation } from '../validated-operation.ts';

/** A fetch of an upstream gateway: a query against the schema of one logical subgraph. */
export interface UpstreamOperation extends ValidatedOperation {
  /** Name of the logical subgraph, e.g. `municipal_division`. */
  readonly subgraph: string;
  readonly hash: string;
}

export interface GatewayCoverageEntry extends CoverageEntry {
  readonly tier: Tier;
  /** The region that the platform answers for in this subgraph. */
  readonly owns: Region;
}

/** Coverage with every platform that was asked, answered or not. */
export interface GatewayCoverage {
  readonly platforms: readonly GatewayCoverageEntry[];
  /** Divisions that were asked for and have no platform below. */
  readonly unserved: readonly string[];
}

/** Of a fetch, beside its data. */
export interface UpstreamResult {
  readonly errors: readonly GraphQLError[];
  readonly coverage: GatewayCoverage;
}
