/** The payload of a verified passport → its claims. Parsing is strict, so that later steps trust them. */
import { regionOfBounds } from '../divisions/region.ts';
import { DATA_CLASSES } from './data-classes.ts';
import type { PassportClaims } from './passport.ts';
import { TIERS } from './tiers.ts';

/** A passport lives a minute at most. */
export const PASSPORT_LIFE_SECONDS_MAX = 60;

export type ParsedClaims =
  | { readonly kind: 'claims'; readonly claims: PassportClaims }
  /** `reason` completes "the passport …". */
  | { readonly kind: 'refused'; readonly reason: string };

export interface PassportClock {
  readonly nowMs: number;
  /** How far the signer's clock may be ahead. */
  readonly skewSeconds: number;
}

/** Checks everything but signature, issuer, audience and expiry, which `verifyPassport` checks. */
export function parsePassportClaims(payload: Readonly<Record<string, unknown>>, clock: PassportClock): ParsedClaims {
  const { iat, exp } = payload;
  if (typeof iat !== 'number' || typeof exp !== 'number')
    return createRefusal('does not say from when to when it is valid');
  if (iat > clock.nowMs / 1_000 + clock.skewSeconds) return createRefusal('was issued in the future');
  if (exp - iat > PASSPORT_LIFE_SECONDS_MAX)
    return createRefusal(`lives longer than ${PASSPORT_LIFE_SECONDS_MAX} seconds`);
  const claims = parseClaims(payload);
  return claims ? { kind: 'claims', claims } : createRefusal('has a claim that is missing or malformed');
}

function parseClaims(payload: Readonly<Record<string, unknown>>): PassportClaims | undefined {
  const { sub, aud, division, roles, audience, scope, classes, unmasked, department, purpose, matter } = payload;
  const tier = TIERS.find((name) => name === payload.tier);
  const isComplete =
    isText(sub) &&
    isText(aud) &&
    tier !== undefined &&
    isText(division) &&
    /^(\d{6}|\d{9}|\d{12})$/.test(division) &&
    isTextList(roles) &&
    isText(audience) &&
    isTextList(scope) &&
    isRegionBounds(scope) &&
    isTextList(classes) &&
    typeof unmasked === 'boolean' &&
    [department, purpose, matter].every((value) => value === undefined || isText(value));
  if (!isComplete) return undefined;
  const knownClasses = DATA_CLASSES.filter((name) => classes.includes(name));
  if (knownClasses.length !== classes.length) return undefined;
  return {
    sub,
    aud,
    tier,
    division,
    ...(isText(department) ? { department } : {}),
    roles,
    audience,
    scope,
    classes: knownClasses,
    unmasked,
    ...(isText(purpose) ? { purpose } : {}),
    ...(isText(matter) ? { matter } : {}),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

/** The database gets the bounds as one list: a comma in a bound would split it. */
function isRegionBounds(bounds: readonly string[]): boolean {
  if (bounds.some((bound) => !/^[0-9 :~]*$/.test(bound))) return false;
  try {
    regionOfBounds(bounds);
    return true;
  } catch {
    return false;
  }
}

function createRefusal(reason: string): ParsedClaims {
  return { kind: 'refused', reason };
}
