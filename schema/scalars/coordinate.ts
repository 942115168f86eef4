/**
 * The rules that longitude and latitude share: decimal degrees in CGCS2000 (EPSG:4490) within the box of the country.
 */
import { createBreach } from './standard-scalar.ts';

export interface CoordinateRange {
  readonly what: string;
  readonly min: number;
  readonly max: number;
}

/** A finite number in the range. Throws a `StandardError` with TYPE or RANGE. */
export function parseCoordinate(value: unknown, { what, min, max }: CoordinateRange): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw createBreach('TYPE', value, what, 'a number of degrees was expected');
  }
  if (value < min || value > max)
    throw createBreach('RANGE', value, what, `degrees from ${min} to ${max} were expected`);
  return value;
}

/** As `parseCoordinate`, but a text of a number passes as well: databases return exact decimals as text. */
export function serializeCoordinate(value: unknown, range: CoordinateRange): number {
  const isDecimal = typeof value === 'string' && /^\d{1,3}(?:\.\d+)?$/.test(value);
  return parseCoordinate(isDecimal ? Number(value) : value, range);
}
