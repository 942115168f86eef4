/** The face of the standard: its tables, rules and scalars, and the words that gateway and platforms share. */

export {
  audienceClasses,
  CLEARANCES,
  classesOfAudience,
  DATA_CLASSES,
  type DataClass,
  type DataClassRule,
  type Disclosure,
  dataClassRules,
  disclosure,
  type Sharing,
  type SharingRule,
  sharingOf,
  sharingRules,
} from './access/data-classes.ts';
export { MASK_KINDS, MASKED_CLASS, type MaskKind, mask, scrub, WITHHELD_TEXT } from './access/masks.ts';
export { PASSPORT_ISSUER, type PassportClaims } from './access/passport.ts';
export { type VerifiedPassport, verifyPassport } from './access/passport-verifier.ts';
export { PLATFORM_TIERS, TIERS, type Tier } from './access/tiers.ts';
export {
  type Category,
  type CategoryKind,
  type CategoryTable,
  categories,
  type FilingCondition,
  nextLocalCategory,
} from './cases/categories.ts';
export { type RequestKind, type RequestKindRule, requestKinds, requestLimit } from './cases/request-kinds.ts';
export {
  type AlarmLevel,
  alarmLevelOf,
  isTripped,
  monitoringFields,
  type Threshold,
  thresholds,
} from './cases/thresholds.ts';
export {
  CASE_STATUSES,
  type CaseStatus,
  statusOf,
  type Transition,
  transitionBy,
  transitions,
  transitionsFrom,
} from './cases/transitions.ts';
export {
  COUNTRY,
  citiesWithoutCounties,
  countyLevelSecondLevels,
  DIVISION_LEVELS,
  type DivisionLevel,
  divisionAt,
  levelOf,
  municipalityPrefixes,
  nominalSecondLevels,
  type RevokedDivision,
  revokedDivisions,
} from './divisions/division-level.ts';
export { canonicalDivision, type Division, type DivisionTable, divisions } from './divisions/divisions.ts';
export { createId, divisionOfId, type JurisdictionForm, regionOfKey } from './divisions/jurisdiction.ts';
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
  regionOf,
  regionOfBounds,
  regionOfPrefix,
  subtract,
  union,
} from './divisions/region.ts';
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
export { formatAddress, type Partition, parseAddress, type SubgraphAddress } from './protocol/subgraph-address.ts';
export {
  attachScalars,
  type Brand,
  type CalendarDate,
  type CaseId,
  type CategoryCode,
  type CitizenId,
  type ComponentCode,
  type CreditCode,
  createCreditCode,
  createGraphQLScalars,
  type DateTime,
  type DivisionCode,
  formatDateTime,
  type GraphQLScalars,
  type GridCode,
  type GridProfile,
  gridProfiles,
  type Latitude,
  type Longitude,
  type PeriodText,
  parseGridCode,
  type StandardScalar,
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
export { type Regulation, regulations } from './standard/regulations.ts';
export { StandardError, type StandardReason } from './standard/standard-error.ts';
export { type Standard, standards, standardVersion } from './standard/standards.ts';
export { type Metric, metricOf, metrics, type RateValue, rateOf, wholeRateOf } from './statistics/metrics.ts';
export { classifyQuadrants, type Quadrant } from './statistics/quadrants.ts';
export {
  type Grade,
  gradeOf,
  grades,
  type Scheme,
  type SchemeIndicator,
  type Score,
  type ScorePart,
  schemes,
  scoreOf,
} from './statistics/schemes.ts';
export {
  addLimit,
  type DeadlineStatus,
  deadlineStatus,
  isContinuous,
  isWorkday,
  workSecondsBetween,
} from './time/clock.ts';
export { dateAt, zonedMidnight } from './time/local-date.ts';
export { isCalendarPeriod, type Month, monthStart, monthsOf, type Period, parsePeriod } from './time/period.ts';
export { parseTimeLimit, TIME_UNITS, type TimeLimit, type TimeUnit } from './time/time-limit.ts';
export { type WorkingCalendar, workingCalendar } from './time/working-calendar.ts';
