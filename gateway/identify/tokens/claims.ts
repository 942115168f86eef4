/** Claims of a token → identity. A claim that is not understood is an error, so that it never becomes a right. */
import {
  CLEARANCES,
  countyLevelSecondLevels,
  type Division,
  divisions,
  municipalityPrefixes,
  standardScalars,
  TIERS,
  type Tier,
} from '@yiwang/schema';
import { PublicError } from '../../model/errors.ts';
import type { Identity } from '../identity.ts';
import { countLetters, hasHiddenCharacters } from '../visible-text.ts';

const ROLES_MAX = 32;

/** Who a token speaks of. The division is undefined if it is left to the organisation directory. */
export interface ClaimedIdentity extends Omit<Identity, 'division'> {
  readonly division: string | undefined;
}

/** Throws `UNAUTHENTICATED` with the claim, its value and what was expected. */
export function parseClaims(claims: Readonly<Record<string, unknown>>): ClaimedIdentity {
  const subject = parseSubject(claims.sub);
  const tier = parseOneOf(TIERS, claims.tier, 'tier');
  const department = parseDepartment(claims.department);
  const isLeftOut = claims.division === undefined && department !== undefined;
  return {
    subject,
    tier,
    division: isLeftOut ? undefined : parseDivision(tier, claims.division),
    ...(department === undefined ? {} : { department }),
    roles: parseRoles(claims.roles),
    clearance: claims.clearance === undefined ? 'OPEN' : parseOneOf(CLEARANCES, claims.clearance, 'clearance'),
  };
}

/** Throws `UNAUTHENTICATED`. */
export function parseSubject(subject: unknown): string {
  if (typeof subject !== 'string' || subject === '' || subject.length > 256) {
    throw createTokenError('its claim "sub" must name the caller in at most 256 characters');
  }
  if (hasHiddenCharacters(subject) || countLetters(subject) === 0) {
    throw createTokenError('its claim "sub" must be visible text, without control or invisible characters');
  }
  return subject;
}

function parseDivision(tier: Tier, claim: unknown): string {
  if (claim === undefined && (tier === 'PUBLIC' || tier === 'NATIONAL')) return '100000';
  if (typeof claim !== 'string') throw createTokenError('its claim "division" must be a division code');
  const division = divisions().get(claim);
  if (division === undefined || division.nominal) {
    throw createTokenError(
      `its claim "division" is ${formatClaim(claim)}, which is not a division; codes are canonical, such as 420100`,
    );
  }
  assertFits(tier, division);
  return claim;
}

/** Throws `UNAUTHENTICATED` if callers of this tier cannot have the division. */
export function assertFits(tier: Tier, division: Division): void {
  if (listTiers(division).includes(tier)) return;
  throw createTokenError(
    `its claims "tier" and "division" do not fit: ${division.code} (${division.name}) is not of the tier ${tier}`,
  );
}

/**
 * Returns the tiers whose callers may have this division. A municipality is a province and a city in one; a county
 * directly under a province equals a city.
 */
export function listTiers(division: Division): readonly Tier[] {
  switch (division.level) {
    case 'COUNTRY':
      return ['NATIONAL', 'PUBLIC'];
    case 'PROVINCE':
      return municipalityPrefixes.includes(division.code.slice(0, 2)) ? ['PROVINCIAL', 'MUNICIPAL'] : ['PROVINCIAL'];
    case 'CITY':
      return ['MUNICIPAL'];
    case 'COUNTY':
      return isDirectlyGoverned(division) ? ['MUNICIPAL'] : ['DISTRICT'];
    case 'STREET':
      return ['STREET'];
    case 'COMMUNITY':
      return [];
  }
}

/** 省直辖县级行政区划: no city stands between such a county and its province. */
function isDirectlyGoverned(division: Division): boolean {
  return countyLevelSecondLevels.includes(division.code.slice(0, 4));
}

function parseDepartment(claim: unknown): string | undefined {
  if (claim === undefined) return undefined;
  try {
    return String(standardScalars.CreditCode!.parse(claim));
  } catch {
    throw createTokenError(
      `its claim "department" is ${formatClaim(claim)}, which is not a unified social credit code`,
    );
  }
}

function parseRoles(claim: unknown): readonly string[] {
  if (claim === undefined) return [];
  const roles = typeof claim === 'string' ? [claim] : claim;
  const isRole = (role: unknown): role is string => typeof role === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(role);
  if (!Array.isArray(roles) || roles.length > ROLES_MAX || !roles.every(isRole)) {
    throw createTokenError(`its claim "roles" must list at most ${ROLES_MAX} roles in capitals, such as AUDITOR`);
  }
  return [...new Set(roles)].sort();
}

function parseOneOf<Value extends string>(allowed: readonly Value[], claim: unknown, name: string): Value {
  const match = allowed.find((value) => value === claim);
  if (match === undefined)
    throw createTokenError(`its claim "${name}" is ${formatClaim(claim)}, not one of ${allowed.join(', ')}`);
  return match;
}

function formatClaim(claim: unknown): string {
  if (claim === undefined) return 'missing';
  const text = JSON.stringify(claim) ?? typeof claim;
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

export function createTokenError(
  reason: string,
  options: { readonly cause?: unknown; readonly extensions?: Record<string, unknown> } = {},
): PublicError {
  return new PublicError('UNAUTHENTICATED', `The token is not accepted: ${reason}.`, options);
}
