/**
 * The passport: the signed token (JWS, EdDSA) of a minute's life that the gateway gives a platform with every call. It
 * carries the caller's rights, narrowed to the region that this platform answers for.
 */
import type { DataClass } from './data-classes.ts';
import type { Tier } from './tiers.ts';

export interface PassportClaims {
  /** The caller's subject. */
  readonly sub: string;
  /** The platform that it is made out to, e.g. `municipal/420100`. */
  readonly aud: string;
  readonly tier: Tier;
  /** The caller's jurisdiction, a canonical division code. */
  readonly division: string;
  /** The caller's department, a unified social credit code. */
  readonly department?: string;
  readonly roles: readonly string[];
  readonly audience: string;
  /** The rows in reach, as the bounds of a region (`boundsOf`). */
  readonly scope: readonly string[];
  /** The data classes in reach. */
  readonly classes: readonly DataClass[];
  /** True if masked values may leave in clear: the caller has the clearance and stated a purpose. */
  readonly unmasked: boolean;
  readonly purpose?: string;
  readonly matter?: string;
}

export const PASSPORT_ISSUER = 'yiwang-gateway';
