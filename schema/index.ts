/**
 * The words that gateway and platforms share. The tables of the standard have faces of their own: `cases`,
 * `statistics`, `time` and `standard`; so have the rules of entities, `rules`, the reading of schemas, `sdl`, and
 * composition, `compose`.
 */

// Access: who may see what, and the passport that says so.
export {
  CLEARANCES,
  classesOfAudience,
  DATA_CLASSES,
  type DataClass,
  type Disclosure,
  dataClassRules,
  disclosure,
  type Sharing,
  sharingOf,
} from './access/data-classes.ts';
export {
  agreesWithClass,
  type EntityTerms,
  entityTerms,
  type FieldTerms,
  type FieldTermsRow,
  type Opening,
  type Term,
  usualTerms,
} from './access/field-terms.ts';
export { MASK_KINDS, MASKED_CLASS, type MaskKind, mask } from './access/masks.ts';
export { PASSPORT_ISSUER, type PassportClaims } from './access/passport.ts';
export { type VerifiedPassport, verifyPassport } from './access/passport-verifier.ts';
export { PLATFORM_TIERS, TIERS, type Tier } from './access/tiers.ts';
export { type CityCluster, cityClusters } from './divisions/city-clusters.ts';
export type { Division } from './divisions/division.ts';
export { type DivisionEvent, type DivisionEventKind, divisionEvents } from './divisions/division-events.ts';
export { divisionHistory } from './divisions/division-history.ts';
// Divisions: the table, its levels, and regions as sets of them.
export {
  COUNTRY,
  countyLevelSecondLevels,
  DIVISION_LEVELS,
  type DivisionLevel,
  divisionAt,
  levelOf,
  municipalityPrefixes,
  nominalSecondLevels,
} from './divisions/division-level.ts';
export { regionOf, regionOfPlatform, takenOverPrefixes } from './divisions/division-region.ts';
export { canonicalDivision, type DivisionTable, divisions } from './divisions/divisions.ts';
export {
  createId,
  DIVISIONS_ASKED_MAX,
  divisionOfId,
  type JurisdictionForm,
  type ReadableForm,
  regionOfKey,
} from './divisions/jurisdiction.ts';
export {
  boundsOf,
  containsDivision,
  containsRegion,
  EVERYWHERE,
  intersect,
  NOWHERE,
  prefixOf,
  type Range,
  type Region,
  regionAt,
  regionOfBounds,
  regionOfPrefix,
  subtract,
  union,
} from './divisions/region.ts';
export { type MappedRange, todaysMap } from './divisions/todays-map.ts';
export { type Organisation, type ParsedOrganisation, parseOrganisation } from './organisations/organisation.ts';

// Protocol: what goes over the wire between gateways and platforms.
export {
  comparePositions,
  encodePosition,
  GROUPS_MAX,
  PAGE_SIZE_MAX,
  POSITION_LENGTH_MAX,
  type Position,
  parsePosition,
} from './protocol/cursor.ts';
export { ERROR_CODES, type ErrorCode, PLATFORM_ERROR_CODES, type PlatformErrorCode } from './protocol/error-codes.ts';
export { type GraphQLRequest, parseGraphQLRequest } from './protocol/graphql-request.ts';
export {
  DEADLINE_HEADER,
  HOPS_HEADER,
  PASSPORT_HEADER,
  REFERENCE_VERSION_HEADER,
  REQUEST_ID_HEADER,
  SUBGRAPH_HEADER,
} from './protocol/headers.ts';
export { isObject } from './protocol/is-object.ts';
export { type Partition, parseAddress, type SubgraphAddress } from './protocol/subgraph-address.ts';

// GraphQL: the scalars of the standard, and directives as definitions apply them.
export {
  attachScalars,
  createCreditCode,
  createGraphQLScalars,
  type GraphQLScalars,
  gridProfiles,
  standardScalars,
} from './scalars/index.ts';
export {
  applicationsOf,
  argumentOf,
  argumentsOf,
  type DirectedNode,
  type DirectiveArguments,
  directiveOf,
  hasDirective,
} from './sdl/applied-directives.ts';
