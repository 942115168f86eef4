/** Longitude: decimal degrees east, CGCS2000. */
import { parseCoordinate, serializeCoordinate } from './coordinate.ts';
import type { Brand, StandardScalar } from './standard-scalar.ts';

export type Longitude = Brand<number, 'Longitude'>;

const RANGE = { what: 'a longitude', min: 73, max: 136 };

export const longitudeScalar: StandardScalar<Longitude> = {
  name: 'Longitude',
  description: 'Longitude in decimal degrees east, from 73 to 136, in the datum CGCS2000 (EPSG:4490).',
  parse: (value) => parseCoordinate(value, RANGE) as Longitude,
  serialize: (value) => serializeCoordinate(value, RANGE),
};
