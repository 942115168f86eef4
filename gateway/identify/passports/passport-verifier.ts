/** Passport of an upstream gateway → rights, within the divisions that this gateway stands for. */
import {
  intersect,
  type PassportClaims,
  regionOfBounds,
  regionOfPlatform,
  type VerifiedPassport,
  verifyPassport,
} from '@yiwang/schema';
import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { createLruCache } from '../../kit/collections/lru-cache.ts';
import { sha256, toCanonicalJson } from '../../kit/crypto/digest.ts';
import { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { Rights } from '../../model/rights.ts';
import { AUDIENCES } from '../rights.ts';
import { createThrottle, WrongCredentialError } from '../throttle.ts';
import { createRemoteKeySet } from '../tokens/token-verifier.ts';

export interface PassportVerifierOptions {
  /** Public keys of the upstream gateways, or the URL of their key set. */
  readonly keys: JSONWebKeySet | URL;
  /** Ids under which upstream directories list this gateway, e.g. `municipal/420000`, each with its divisions. */
  readonly platforms: ReadonlyMap<string, readonly string[]>;
}

/**
 * `address` is the network address of the client. Throws `UNAUTHENTICATED` with the reason, `QUOTA_EXCEEDED` after too
 * many forged passports, and `PLATFORM_UNREACHABLE` if the keys cannot be fetched.
 */
export type VerifyPassport = (token: unknown, address: string) => Promise<Rights>;

export function createPassportVerifier(
  { keys, platforms }: PassportVerifierOptions,
  limits: Limits,
  now: () => number = Date.now,
): VerifyPassport {
  const keySet = keys instanceof URL ? createRemoteKeySet(keys, limits) : createLocalJWKSet(keys);
  const throttle = createThrottle(limits, now);
  const cache = createLruCache<string, { readonly rights: Rights; readonly untilMs: number }>(limits.identityCacheMax);
  const verifyToken = async (token: unknown): Promise<Rights> => {
    if (typeof token !== 'string') throw createPassportError('is missing');
    if (token.length > limits.tokenBytesMax) throw createPassportError(`is longer than ${limits.tokenBytesMax} bytes`);
    const nowMs = now();
    const cached = cache.get(token);
    if (cached && cached.untilMs > nowMs) return cached.rights;
    const passport = await verifyPassport(token, {
      keys: keySet,
      audience: [...platforms.keys()],
      nowMs,
      skewSeconds: limits.clockSkewSeconds,
    });
    if (passport.kind !== 'verified') throw createRefusal(passport);
    const rights = rightsFromClaims(passport.claims, platforms);
    cache.set(token, { rights, untilMs: passport.expiresAtMs });
    return rights;
  };
  return (token, address) => throttle.run('passport', address, () => verifyToken(token));
}

function createRefusal(passport: Exclude<VerifiedPassport, { readonly kind: 'verified' }>): Error {
  switch (passport.kind) {
    case 'refused':
      return createPassportError(passport.reason, passport.cause);
    case 'forged':
      return new WrongCredentialError('The passport is not valid here.', passport.cause);
    case 'keys-unreachable':
      return new PublicError('PLATFORM_UNREACHABLE', 'the keys for passports are out of reach', {
        cause: passport.cause,
      });
  }
}

/** Intersects the scope of the passport with the divisions of the platform that it is made out to. */
function rightsFromClaims(claims: PassportClaims, platforms: PassportVerifierOptions['platforms']): Rights {
  const audience = AUDIENCES.find((name) => name === claims.audience);
  const divisions = platforms.get(claims.aud);
  if (audience === undefined || divisions === undefined)
    throw createPassportError('has a claim that is missing or malformed');
  const rights = {
    subject: claims.sub,
    tier: claims.tier,
    division: claims.division,
    ...(claims.department === undefined ? {} : { department: claims.department }),
    roles: claims.roles,
    audience,
    region: intersect(regionOfBounds(claims.scope), regionOfPlatform(divisions)),
    classes: claims.classes,
    unmasked: claims.unmasked,
    ...(claims.purpose === undefined ? {} : { purpose: claims.purpose }),
    ...(claims.matter === undefined ? {} : { matter: claims.matter }),
  };
  return Object.freeze({ ...rights, fingerprint: sha256(toCanonicalJson(rights)) });
}

function createPassportError(reason: string, cause?: unknown): PublicError {
  return new PublicError('UNAUTHENTICATED', `The passport ${reason}.`, { cause });
}
