/** Bearer token → identity: a JWT of one issuer, for one audience, signed with one of the issuer's keys. */
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
import { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { Identity } from '../identity.ts';
import { WrongCredentialError } from '../throttle.ts';
import { parseClaims } from './claims.ts';

/** Asymmetric signatures alone: with a shared secret, whoever can check a token can make one. */
const ALGORITHMS = ['EdDSA', 'ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

export interface IssuerOptions {
  readonly issuer: string;
  readonly audience: string;
  /** The issuer's public keys, or where they are published. */
  readonly keys: JSONWebKeySet | URL;
}

/** Throws `UNAUTHENTICATED` with a plain reason. */
export type ParseToken<Caller> = (token: string) => Promise<Caller>;
export type VerifyToken = ParseToken<Identity>;

export function createTokenVerifier(options: IssuerOptions, limits: Limits, now: () => number = Date.now): VerifyToken {
  return createTokenParser(options, parseClaims, limits, now);
}

/** `parse` gets the claims of a token that is good; what it returns is kept with the token. */
export function createTokenParser<Caller>(
  options: IssuerOptions,
  parse: (claims: JWTPayload) => Caller,
  limits: Limits,
  now: () => number = Date.now,
): ParseToken<Caller> {
  const keys = createKeySet(options.keys, limits);
  const cache = createLruCache<string, { readonly caller: Caller; readonly untilMs: number }>(limits.identityCacheMax);
  return async (token) => {
    const digest = sha256(token);
    const cached = cache.get(digest);
    if (cached !== undefined && cached.untilMs > now()) return cached.caller;
    const payload = await verify(token, keys, options, limits, now);
    assertLifetime(payload, limits, now());
    const caller = parse(payload);
    const untilMs = Math.min(now() + limits.identityCacheMs, payload.exp! * 1_000);
    cache.set(digest, { caller, untilMs });
    return caller;
  };
}

function createKeySet(keys: JSONWebKeySet | URL, limits: Limits): JWTVerifyGetKey {
  return keys instanceof URL ? createRemoteKeySet(keys, limits) : createLocalJWKSet(keys);
}

/** Keys that are fetched from where they are published, and kept. */
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
    const message = `The token is not accepted: ${describeFailure(error)}.`;
    if (isForged(error)) throw new WrongCredentialError(message, error);
    throw new PublicError('UNAUTHENTICATED', message, { cause: error });
  }
}

/** True if the issuer did not sign this text. */
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

/** A token that lives too long is a password that nobody can take back. Throws `UNAUTHENTICATED`. */
function assertLifetime(
  { exp, iat }: JWTPayload,
  { tokenLifeSecondsMax: max, clockSkewSeconds }: Limits,
  nowMs: number,
): void {
  const nowSeconds = Math.floor(nowMs / 1_000);
  const lifetime = exp! - Math.min(nowSeconds, iat ?? nowSeconds);
  if (lifetime <= max + clockSkewSeconds) return;
  throw new PublicError(
    'UNAUTHENTICATED',
    `The token is not accepted: it ends at ${formatInstant(exp)} and lives longer than ${max} s.`,
    { extensions: { limit: 'tokenLifeSecondsMax', max } },
  );
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
