/** The caller and what it may reach; computed once per request, before planning. */
import type { DataClass, Region, Tier } from '@yiwang/schema';

/** Subject of callers without a credential. */
export const ANONYMOUS = 'anonymous';

export type Audience = 'open' | 'department' | 'supervisor' | 'auditor';

export interface Rights {
  readonly subject: string;
  readonly tier: Tier;
  /** Jurisdiction, a canonical division code. */
  readonly division: string;
  /** Unified social credit code of the caller's department. */
  readonly department?: string;
  readonly roles: readonly string[];
  readonly audience: Audience;
  /** Divisions whose rows the caller may see. */
  readonly region: Region;
  /** Data classes that the caller may see. */
  readonly classes: readonly DataClass[];
  /** True if the caller sees masked values in clear. */
  readonly unmasked: boolean;
  readonly purpose?: string;
  readonly matter?: string;
  /** Set for a caller with a token at an open gateway. */
  readonly grants?: Grants;
  /** Digest of all other members: a key for caches and shared requests. */
  readonly fingerprint: string;
}

/** What a token grants to the directives of Federation. */
export interface Grants {
  readonly scopes: readonly string[];
  readonly policies: readonly string[];
}
