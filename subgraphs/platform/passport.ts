/** Token → the caller's rights on this platform, verified and parsed; the verified are remembered for their life. */
import { PASSPORT_ISSUER, type PassportClaims, regionOfBounds } from '@yiwang/schema';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { PlatformError } from './errors.ts';

/** A passport lives a minute at most. */
const LIFE_SECONDS_MAX = 60;
const TIERS = ['NATIONAL', 'PROVINCIAL', 'MUNICIPAL', 'DISTRICT', 'STREET', 'PUBLIC'] as const;
const CLASSES = ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE'] as const;

export interface PassportOptions {
  /** The gateway's public keys, or where they are served. */
  readonly keys: JSONWebKeySet | URL;
  /** The id of this platform: a passport is made out to one. */
  readonly platform: string;
  /** The clock of the wall, not that of the answer. */
  readonly wallClock: () => Date;
  readonly passportsMax: number;
}

export type ReadPassport = (token: string) => Promise<PassportClaims>;

/** The reader throws `PlatformError`: `UNAUTHENTICATED` for a bad token, `PLATFORM_UNREACHABLE` where the keys are. */
export function createPassportReader({ keys, platform, wallClock, passportsMax }: PassportOptions): ReadPassport {
  const keySet = keys instanceof URL ? createRemoteJWKSet(keys) : createLocalJWKSet(keys);
  const verified = new Map<string, { readonly claims: PassportClaims; readonly endsAtMs: number }>();

  return async (token) => {
    const nowMs = wallClock().getTime();
    const known = verified.get(token);
    if (known && known.endsAtMs > nowMs) return known.claims;
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
    const claims = parseClaims(payload);
    const oldest = verified.size >= passportsMax ? verified.keys().next().value : undefined;
    if (oldest !== undefined) verified.delete(oldest);
    verified.set(token, { claims, endsAtMs: payload.exp! * 1000 });
    return claims;
  };
}

async function verify(check: () => Promise<JWTPayload>): Promise<JWTPayload> {
  try {
    return await check();
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw refusal('the passport has expired', cause);
    if (cause instanceof errors.JWKSTimeout || !(cause instanceof errors.JOSEError)) {
      throw new PlatformError('PLATFORM_UNREACHABLE', 'the keys for passports are out of reach', { cause });
    }
    throw refusal('the passport is not valid here', cause);
  }
}

/** Strict: what the contract does not allow is refused, so that no later step has to doubt a claim. */
function parseClaims(payload: JWTPayload): PassportClaims {
  const { sub, aud, iat = 0, exp = 0, tier, division, department, roles, audience, scope, classes, unmasked } = payload;
  if (exp - iat > LIFE_SECONDS_MAX) throw refusal(`the passport lives longer than ${LIFE_SECONDS_MAX} seconds`);
  const tierClaim = TIERS.find((known) => known === tier);
  const classClaims = isTexts(classes) ? CLASSES.filter((known) => classes.includes(known)) : undefined;
  if (
    typeof sub !== 'string' ||
    typeof aud !== 'string' ||
    tierClaim === undefined ||
    typeof division !== 'string' ||
    !/^(\d{6}|\d{9}|\d{12})$/.test(division) ||
    !isTexts(roles) ||
    typeof audience !== 'string' ||
    !isTexts(scope) ||
    !isRegion(scope) ||
    classClaims === undefined ||
    classClaims.length !== (classes as readonly string[]).length ||
    typeof unmasked !== 'boolean'
  ) {
    throw refusal('a claim of the passport is missing or malformed');
  }
  return {
    sub,
    aud,
    tier: tierClaim,
    division,
    ...optional('department', department),
    roles,
    audience,
    scope,
    classes: classClaims,
    unmasked,
    ...optional('purpose', payload.purpose),
    ...optional('matter', payload.matter),
  };
}

function optional<Name extends string>(name: Name, value: unknown): { [key in Name]?: string } {
  if (value === undefined) return {};
  if (typeof value !== 'string') throw refusal(`the claim "${name}" of the passport is malformed`);
  return { [name]: value } as { [key in Name]?: string };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** The bounds go to the database as one list, so a comma in one would make two of it. */
function isRegion(bounds: readonly string[]): boolean {
  if (bounds.some((bound) => !/^[0-9 :~]*$/.test(bound))) return false;
  try {
    regionOfBounds(bounds);
    return true;
  } catch {
    return false;
  }
}

function refusal(message: string, cause?: unknown): PlatformError {
  return new PlatformError('UNAUTHENTICATED', message, cause === undefined ? {} : { cause });
}
