export { comparePositions, encodePosition, type Position, parsePosition } from './cursor.ts';
export { createId, divisionOfId, type JurisdictionForm, regionOfKey } from './jurisdiction.ts';
export {
  type DataClass,
  DEADLINE_HEADER,
  PASSPORT_HEADER,
  PASSPORT_ISSUER,
  type PassportClaims,
  REQUEST_ID_HEADER,
  type Tier,
} from './passport.ts';
export {
  boundsOf,
  covers,
  EVERYWHERE,
  intersect,
  isIn,
  NOWHERE,
  prefixOf,
  type Range,
  type Region,
  regionAt,
  regionOf,
  regionOfBounds,
  regionOfPrefix,
  subtract,
  union,
} from './region.ts';
