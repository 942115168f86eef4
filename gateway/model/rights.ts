/** Who asks, and what is in their reach: worked out once per request, before planning. */
import type { DataClass, Region, Tier } from '@yiwang/schema';

/** The subject of callers that showed no credential. */
export const ANONYMOUS = 'anonymous';

export type Audience = 'open' | 'department' | 'supervisor' | 'auditor';

export interface Rights {
  readonly subject: string;
  readonly tier: Tier;
  /** The jurisdiction, a canonical division code. */
  readonly division: string;
  /** Unified social credit code of the caller's department. */
  readonly department?: string;
  readonly roles: readonly string[];
  readonly audience: Audience;
  /** The rows in reach. */
  readonly region: Region;
  /** The data classes in reach. */
  readonly classes: readonly DataClass[];
  /** True when masked values may be shown in clear. */
  readonly unmasked: boolean;
  readonly purpose?: string;
  readonly matter?: string;
  /** Of a token, at a gateway without a policy of its own; absent for a caller without one. */
  readonly grants?: Grants;
  /** A digest of all of the above: caches and sharing are keyed by it. */
  readonly fingerprint: string;
}

/** What a token grants by the directives of Federation. */
export interface Grants {
  readonly scopes: readonly string[];
  readonly policies: readonly string[];
}
