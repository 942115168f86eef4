/** Latitude: decimal degrees north, CGCS2000. */
import { parseCoordinate, serializeCoordinate } from './coordinate.ts';
import type { Brand, StandardScalar } from './standard-scalar.ts';

export type Latitude = Brand<number, 'Latitude'>;

const RANGE = { what: 'a latitude', min: 3, max: 54 };

export const latitudeScalar: StandardScalar<Latitude> = {
  name: 'Latitude',
  description: 'Latitude in decimal degrees north, from 3 to 54, in the datum CGCS2000 (EPSG:4490).',
  parse: (value) => parseCoordinate(value, RANGE) as Latitude,
  serialize: (value) => serializeCoordinate(value, RANGE),
};
