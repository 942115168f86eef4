/** How the code in one field agrees with the value of another: the rules of kind `reference`. */
import { statusOf } from '../../cases/transitions.ts';
import { divisionAt } from '../../divisions/division-level.ts';
import { prefixOf } from '../../divisions/region.ts';
import type { Agreement } from '../entity-rule.ts';

/** True if both agree, or if nothing can be read from one of them: a rule about its form tells that. */
type Agrees = (value: string, other: string) => boolean;

export const AGREEMENTS: Readonly<Record<Agreement, Agrees>> = {
  // The place of the first lies in that of the second.
  WITHIN: (value, other) => isWithin(placeOf(value), placeOf(other)),
  CONTAINS: (value, other) => isWithin(placeOf(other), placeOf(value)),
  // Both lie in one city: a request has the id of its city, and may have been moved within it.
  SAME_CITY: (value, other) => isEqual(cityOf(value), cityOf(other)),
  COUNTY_OF_COMPONENT: (value, other) =>
    isWithin(placeOf(other), isComponent(value) ? placeOf(value.slice(0, 6)) : undefined),
  // Digits 7 to 10 of a component identifier are the class without its kind.
  CLASS_OF_COMPONENT: (value, other) =>
    !isComponent(value) || other.length !== MINOR_LENGTH || `1${value.slice(6, 10)}` === other,
  // A filing condition is the class and a number: `10101-1`.
  CLASS_OF_CONDITION: (value, other) => value.startsWith(`${other}-`),
  STATUS_OF_STATE: (value, other) => statusOfState(value) === other,
};

const COUNTY_LENGTH = 6;
const COMMUNITY_LENGTH = 12;
const MINOR_LENGTH = 5;

function isEqual(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function isWithin(inner: string | undefined, outer: string | undefined): boolean {
  return inner === undefined || outer === undefined || inner.startsWith(outer);
}

/** The trimmed prefix of the division that a division code, an id or the code of a grid cell begins with. */
function placeOf(value: string): string | undefined {
  const division = divisionOf(value);
  return division && prefixOf(division);
}

/** The city that the value is in; undefined for a value of a province or the country. */
function cityOf(value: string): string | undefined {
  const division = divisionOf(value);
  return division && (divisionAt(division, 'CITY') ?? undefined);
}

function divisionOf(value: string): string | undefined {
  let length = 0;
  while (length < COMMUNITY_LENGTH && isDigit(value.charCodeAt(length))) length++;
  return length < COUNTY_LENGTH ? undefined : value.slice(0, length);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isComponent(value: string): boolean {
  return /^\d{16}$/.test(value);
}

function statusOfState(state: string): string | undefined {
  try {
    return statusOf(state);
  } catch {
    return undefined;
  }
}
