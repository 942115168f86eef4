/** The directory as read from a network file: which platform serves which subgraphs for which division, and where. */
import type { Tier } from '@yiwang/schema';

export interface PlatformEntry {
  /** `<subgraph>/<division>`, e.g. `municipal/420100`. */
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
  /** Canonical division code; the platform answers for it and all below that no other platform of the subgraph takes. */
  readonly division: string;
  readonly subgraphs: readonly string[];
  /** The GraphQL endpoint, `http://host:port/graphql`. */
  readonly url: string;
  /** Endpoints that answer just as `url` does: reads go to whichever is least busy, and to another where one fails. */
  readonly replicas?: readonly string[];
}

export interface Network {
  readonly platforms: readonly PlatformEntry[];
}

/** True for what a call can be sent to: an http(s) URL. */
export function isHttpUrl(url: unknown): url is string {
  return typeof url === 'string' && /^https?:\/\//i.test(url) && URL.canParse(url);
}
