/** What goes between gateways: a fetch as a platform gets it, and coverage with the part of the map that each platform has. */
import type { Region, Tier } from '@yiwang/schema';
import type { GraphQLError } from 'graphql';
import type { CoverageEntry, ValidatedOperation } from './validated-operation.ts';

/** A fetch of a gateway above: a query in the schema of one logical subgraph. */
export interface UpstreamOperation extends ValidatedOperation {
  /** The logical subgraph, e.g. `municipal_division`. */
  readonly subgraph: string;
  /** Digest of the text. */
  readonly hash: string;
}

export interface GatewayCoverageEntry extends CoverageEntry {
  readonly tier: Tier;
  /** All that the platform answers for in this subgraph. */
  readonly owns: Region;
}

/** Every platform that was asked, those that answered among them. */
export interface GatewayCoverage {
  readonly platforms: readonly GatewayCoverageEntry[];
  /** Divisions asked for that no platform below answers for. */
  readonly unserved: readonly string[];
}

export interface UpstreamResult {
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: readonly GraphQLError[];
  readonly coverage: GatewayCoverage;
}
