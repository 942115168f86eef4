/** The platforms of a network file: their subgraphs, divisions and endpoints. */
import type { Organisation, Region, Tier } from '@yiwang/schema';

export interface PlatformEntry {
  /** `<subgraph>/<division>`, e.g. `municipal/420100`. */
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
  /**
   * Canonical code. The platform answers for this division, except for parts that other platforms of the subgraph own.
   */
  readonly division: string;
  /** All divisions that it answers for, `division` among them, if they are several: an area of three counties. */
  readonly divisions?: readonly string[];
  readonly subgraphs: readonly string[];
  /** The GraphQL endpoint, `http://host:port/graphql`. */
  readonly url: string;
  /** Endpoints that answer as `url` does. Reads go to the least busy one, and to another after a failure. */
  readonly replicas?: readonly string[];
}

export interface Network {
  readonly platforms: readonly PlatformEntry[];
  /** The organisation directory of a network without an exchange, or until the exchange was asked. */
  readonly organisations?: readonly Organisation[];
}

/** Returns true for an http(s) URL. */
export function isHttpUrl(url: unknown): url is string {
  return typeof url === 'string' && /^https?:\/\//i.test(url) && URL.canParse(url);
}

/** A platform that a fetch goes to, with its part of the requested region. */
export interface RouteTarget {
  readonly platform: PlatformEntry;
  /** Of those that the platform serves, the subgraph that it is asked for. */
  readonly subgraph: string;
  /** True for a field that platforms of other subgraphs answer, too: coverage then names the subgraph. */
  readonly isJoint?: true;
  /** The region that the platform answers for in this subgraph. */
  readonly owns: Region;
  /** The requested region within `owns`. */
  readonly region: Region;
}
