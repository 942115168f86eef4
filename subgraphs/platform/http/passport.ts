/** Passport → the caller's rights on this platform. Verified passports are cached for their life. */
import { type PassportClaims, type VerifiedPassport, verifyPassport } from '@yiwang/schema';
import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet } from 'jose';
import { PlatformError } from '../errors.ts';
import type { PlatformLimits } from '../limits.ts';

export interface PassportOptions {
  /** The gateway's public keys, or their URL. */
  readonly keys: JSONWebKeySet | URL;
  /** The id of this platform: a passport is made out to one. */
  readonly platform: string;
  /** The wall clock, not that of the answer. */
  readonly wallClock: () => Date;
  readonly limits: Pick<PlatformLimits, 'passportsMax' | 'clockSkewSeconds'>;
}

type Verified = Extract<VerifiedPassport, { readonly kind: 'verified' }>;

export type VerifyPassport = (token: string) => Promise<PassportClaims>;

/**
 * The verifier throws `PlatformError`: `UNAUTHENTICATED` for a bad token, `PLATFORM_UNREACHABLE` if the keys cannot
 * be fetched.
 */
export function createPassportVerifier({ keys, platform, wallClock, limits }: PassportOptions): VerifyPassport {
  const keySet = keys instanceof URL ? createRemoteJWKSet(keys) : createLocalJWKSet(keys);
  const verified = new Map<string, Verified>();
  const { passportsMax, clockSkewSeconds: skewSeconds } = limits;

  return async (token) => {
    const nowMs = wallClock().getTime();
    const cached = verified.get(token);
    if (cached && cached.expiresAtMs > nowMs) return cached.claims;
    const passport = await verifyPassport(token, { keys: keySet, audience: platform, nowMs, skewSeconds });
    if (passport.kind !== 'verified') throw createRefusal(passport);
    const oldest = verified.size >= passportsMax ? verified.keys().next().value : undefined;
    if (oldest !== undefined) verified.delete(oldest);
    verified.set(token, passport);
    return passport.claims;
  };
}

function createRefusal(passport: Exclude<VerifiedPassport, Verified>): PlatformError {
  switch (passport.kind) {
    case 'refused': {
      const { reason, cause } = passport;
      return new PlatformError('UNAUTHENTICATED', `the passport ${reason}`, cause === undefined ? {} : { cause });
    }
    case 'forged':
      return new PlatformError('UNAUTHENTICATED', 'the passport is not valid here', { cause: passport.cause });
    case 'keys-unreachable':
      return new PlatformError('PLATFORM_UNREACHABLE', 'the keys for passports are out of reach', {
        cause: passport.cause,
      });
  }
}
