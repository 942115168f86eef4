/** The payload of a verified passport → its claims: strict, so that no later step has to doubt one. */
import type { DataClass, PassportClaims, Tier } from './passport.ts';
import { regionOfBounds } from './region.ts';

/** A passport lives a minute at most. */
export const PASSPORT_LIFE_SECONDS_MAX = 60;

const TIERS: readonly Tier[] = ['NATIONAL', 'PROVINCIAL', 'MUNICIPAL', 'DISTRICT', 'STREET', 'PUBLIC'];
const CLASSES: readonly DataClass[] = ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE', 'AUDIT'];

export type ReadClaims =
  | { readonly kind: 'claims'; readonly claims: PassportClaims }
  /** `reason` completes "the passport …". */
  | { readonly kind: 'refused'; readonly reason: string };

export interface PassportClock {
  readonly nowMs: number;
  /** How far ahead the clock of whoever signed it may be. */
  readonly skewSeconds: number;
}

/** Signature, issuer, audience and expiry are for whoever has the keys to check; all else is checked here. */
export function readPassportClaims(payload: Readonly<Record<string, unknown>>, clock: PassportClock): ReadClaims {
  const { iat, exp } = payload;
  if (typeof iat !== 'number' || typeof exp !== 'number') return refused('does not say from when to when it is valid');
  if (iat > clock.nowMs / 1_000 + clock.skewSeconds) return refused('was issued in the future');
  if (exp - iat > PASSPORT_LIFE_SECONDS_MAX) return refused(`lives longer than ${PASSPORT_LIFE_SECONDS_MAX} seconds`);
  const claims = claimsOf(payload);
  return claims ? { kind: 'claims', claims } : refused('has a claim that is missing or malformed');
}

function claimsOf(payload: Readonly<Record<string, unknown>>): PassportClaims | undefined {
  const { sub, aud, division, roles, audience, scope, classes, unmasked, department, purpose, matter } = payload;
  const tier = TIERS.find((known) => known === payload.tier);
  const isComplete =
    isText(sub) &&
    isText(aud) &&
    tier !== undefined &&
    isText(division) &&
    /^(\d{6}|\d{9}|\d{12})$/.test(division) &&
    isTexts(roles) &&
    isText(audience) &&
    isTexts(scope) &&
    isRegion(scope) &&
    isTexts(classes) &&
    typeof unmasked === 'boolean' &&
    [department, purpose, matter].every((value) => value === undefined || isText(value));
  if (!isComplete) return undefined;
  const known = CLASSES.filter((name) => classes.includes(name));
  if (known.length !== classes.length) return undefined;
  return {
    sub,
    aud,
    tier,
    division,
    ...(isText(department) ? { department } : {}),
    roles,
    audience,
    scope,
    classes: known,
    unmasked,
    ...(isText(purpose) ? { purpose } : {}),
    ...(isText(matter) ? { matter } : {}),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
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

function refused(reason: string): ReadClaims {
  return { kind: 'refused', reason };
}
