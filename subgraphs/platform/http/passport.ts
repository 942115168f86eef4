/** Token → the caller's rights on this platform, verified and parsed; the verified are remembered for their life. */
import { PASSPORT_ISSUER, type PassportClaims, parsePassportClaims } from '@yiwang/schema';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { PlatformError } from '../errors.ts';
import type { PlatformLimits } from '../limits.ts';

export interface PassportOptions {
  /** The gateway's public keys, or where they are served. */
  readonly keys: JSONWebKeySet | URL;
  /** The id of this platform: a passport is made out to one. */
  readonly platform: string;
  /** The clock of the wall, not that of the answer. */
  readonly wallClock: () => Date;
  readonly limits: Pick<PlatformLimits, 'passportsMax' | 'clockSkewSeconds'>;
}

export type VerifyPassport = (token: string) => Promise<PassportClaims>;

/** The reader throws `PlatformError`: `UNAUTHENTICATED` for a bad token, `PLATFORM_UNREACHABLE` where the keys are. */
export function createPassportVerifier({ keys, platform, wallClock, limits }: PassportOptions): VerifyPassport {
  const keySet = keys instanceof URL ? createRemoteJWKSet(keys) : createLocalJWKSet(keys);
  const verified = new Map<string, { readonly claims: PassportClaims; readonly endsAtMs: number }>();

  return async (token) => {
    const nowMs = wallClock().getTime();
    const cached = verified.get(token);
    if (cached && cached.endsAtMs > nowMs) return cached.claims;
    const payload = await verify(async () => {
      const { payload } = await jwtVerify(token, keySet, {
        algorithms: ['EdDSA'],
        issuer: PASSPORT_ISSUER,
        audience: platform,
        requiredClaims: ['exp', 'iat', 'sub'],
        currentDate: new Date(nowMs),
      });
      return payload;
    });
    const parsed = parsePassportClaims(payload, { nowMs, skewSeconds: limits.clockSkewSeconds });
    if (parsed.kind === 'refused') throw createRefusal(`the passport ${parsed.reason}`);
    const { claims } = parsed;
    const oldest = verified.size >= limits.passportsMax ? verified.keys().next().value : undefined;
    if (oldest !== undefined) verified.delete(oldest);
    verified.set(token, { claims, endsAtMs: payload.exp! * 1000 });
    return claims;
  };
}

async function verify(check: () => Promise<JWTPayload>): Promise<JWTPayload> {
  try {
    return await check();
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw createRefusal('the passport has expired', cause);
    if (cause instanceof errors.JWKSTimeout || !(cause instanceof errors.JOSEError)) {
      throw new PlatformError('PLATFORM_UNREACHABLE', 'the keys for passports are out of reach', { cause });
    }
    throw createRefusal('the passport is not valid here', cause);
  }
}

function createRefusal(message: string, cause?: unknown): PlatformError {
  return new PlatformError('UNAUTHENTICATED', message, cause === undefined ? {} : { cause });
}
