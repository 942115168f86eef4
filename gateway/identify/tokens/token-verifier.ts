/** Bearer token → identity. Tokens are JWTs of one issuer, for one audience, signed with a key of the issuer. */
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { createLruCache } from '../../kit/collections/lru-cache.ts';
import { sha256 } from '../../kit/crypto/digest.ts';
import type { Limits } from '../../model/limits.ts';
import { WrongCredentialError } from '../throttle.ts';
import { type ClaimedIdentity, createTokenError, parseClaims } from './claims.ts';

/** Asymmetric algorithms only: with a shared secret, whoever verifies tokens could also make them. */
const ALGORITHMS = ['EdDSA', 'ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

export interface IssuerOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Public keys of the issuer, or the URL of its key set. */
  readonly keys: JSONWebKeySet | URL;
}

/** Throws `UNAUTHENTICATED` with the reason. */
export type ParseToken<Holder> = (token: string) => Promise<Holder>;
export type VerifyToken = ParseToken<ClaimedIdentity>;

export function createTokenVerifier(options: IssuerOptions, limits: Limits, now: () => number = Date.now): VerifyToken {
  return createTokenParser(options, parseClaims, limits, now);
}

/** `parse` gets the claims of a valid token; its result is cached with the token. */
export function createTokenParser<Holder>(
  options: IssuerOptions,
  parse: (claims: JWTPayload) => Holder,
  limits: Limits,
  now: () => number = Date.now,
): ParseToken<Holder> {
  const keys = createKeySet(options.keys, limits);
  const cache = createLruCache<string, { readonly holder: Holder; readonly untilMs: number }>(limits.identityCacheMax);
  return async (token) => {
    const digest = sha256(token);
    const cached = cache.get(digest);
    if (cached !== undefined && cached.untilMs > now()) return cached.holder;
    const payload = await verify(token, keys, options, limits, now);
    assertLifetime(payload, limits, now());
    const holder = parse(payload);
    const untilMs = Math.min(now() + limits.identityCacheMs, payload.exp! * 1_000);
    cache.set(digest, { holder, untilMs });
    return holder;
  };
}

function createKeySet(keys: JSONWebKeySet | URL, limits: Limits): JWTVerifyGetKey {
  return keys instanceof URL ? createRemoteKeySet(keys, limits) : createLocalJWKSet(keys);
}

/** Fetches a key set when it is first needed, and caches it. */
export function createRemoteKeySet(url: URL, limits: Limits): JWTVerifyGetKey {
  return createRemoteJWKSet(url, {
    timeoutDuration: limits.jwksTimeoutMs,
    cacheMaxAge: limits.jwksCacheMs,
    cooldownDuration: limits.jwksCooldownMs,
  });
}

async function verify(
  token: string,
  keys: JWTVerifyGetKey,
  { issuer, audience }: IssuerOptions,
  limits: Limits,
  now: () => number,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      clockTolerance: limits.clockSkewSeconds,
      requiredClaims: ['sub', 'exp'],
      currentDate: new Date(now()),
    });
    return payload;
  } catch (error) {
    const rejection = createTokenError(describeFailure(error), { cause: error });
    throw isForged(error) ? new WrongCredentialError(rejection.message, error) : rejection;
  }
}

/** Returns true if the issuer did not sign this text. */
function isForged(error: unknown): boolean {
  return (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JOSENotSupported
  );
}

/** Rejects a token with too long a life, since nobody can revoke it. Throws `UNAUTHENTICATED`. */
function assertLifetime(
  { exp, iat }: JWTPayload,
  { tokenLifeSecondsMax: max, clockSkewSeconds }: Limits,
  nowMs: number,
): void {
  const nowSeconds = Math.floor(nowMs / 1_000);
  const lifetime = exp! - Math.min(nowSeconds, iat ?? nowSeconds);
  if (lifetime <= max + clockSkewSeconds) return;
  throw createTokenError(`it ends at ${formatInstant(exp)} and lives longer than ${max} s`, {
    extensions: { limit: 'tokenLifeSecondsMax', max },
  });
}

function describeFailure(error: unknown): string {
  if (error instanceof errors.JWTExpired) return `it expired at ${formatInstant(error.payload.exp)}`;
  if (error instanceof errors.JWTClaimValidationFailed) return describeClaimFailure(error);
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature does not fit';
  if (error instanceof errors.JWKSNoMatchingKey) return 'it was signed with a key that the issuer does not publish';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'its header must name the key by "kid"';
  if (error instanceof errors.JOSEAlgNotAllowed)
    return 'its signature must be asymmetric, such as EdDSA, ES256 or RS256';
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid)
    return 'it is not a signed JSON Web Token';
  if (error instanceof errors.JOSENotSupported) return 'it uses something that is not supported here';
  return "the issuer's keys cannot be read at present; try again later";
}

function describeClaimFailure(error: errors.JWTClaimValidationFailed): string {
  if (error.reason === 'missing') return `its claim "${error.claim}" is missing`;
  switch (error.claim) {
    case 'iss':
      return 'it is from another issuer';
    case 'aud':
      return 'it was made out for another service';
    case 'nbf':
      return `it is not valid before ${formatInstant(error.payload.nbf)}`;
    default:
      return `its claim "${error.claim}" does not fit`;
  }
}

function formatInstant(seconds: unknown): string {
  const at = new Date(Number(seconds) * 1_000);
  return Number.isNaN(at.getTime()) ? 'a time that cannot be read' : at.toISOString();
}
