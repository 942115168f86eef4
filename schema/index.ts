/** The face of the standard: its tables, rules and scalars, and the words that gateway and platforms share. */

export { formatAddress, type Partition, parseAddress, type SubgraphAddress } from './address.ts';
export { type WorkingCalendar, workingCalendar } from './calendar.ts';
export {
  type Category,
  type CategoryKind,
  type CategoryTable,
  categories,
  type FilingCondition,
  nextLocalCategory,
} from './categories.ts';
export { addLimit, isContinuous, isWorkday, type Lamp, lamp, workSecondsBetween } from './clock.ts';
export {
  comparePositions,
  encodePosition,
  GROUPS_MAX,
  PAGE_SIZE_MAX,
  POSITION_LENGTH_MAX,
  type Position,
  parsePosition,
} from './cursor.ts';
export {
  audienceClasses,
  classesOf,
  type DataClassRule,
  type Disclosure,
  dataClassRules,
  disclosure,
  type Sharing,
  type SharingRule,
  sharingOf,
  sharingRules,
} from './data-classes.ts';
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
} from './division-level.ts';
export { canonicalDivision, type Division, type DivisionTable, divisions } from './divisions.ts';
export { createId, divisionOfId, type JurisdictionForm, regionOfKey } from './jurisdiction.ts';
export { dateAt, zonedMidnight } from './local-date.ts';
export { MASK_KINDS, type MaskKind, mask, scrub, WITHHELD_TEXT } from './masks.ts';
export { type Metric, metricOf, metrics, type RateValue, rateOf, wholeRateOf } from './metrics.ts';
export {
  type DataClass,
  DEADLINE_HEADER,
  HOPS_HEADER,
  PASSPORT_HEADER,
  PASSPORT_ISSUER,
  type PassportClaims,
  REQUEST_ID_HEADER,
  SUBGRAPH_HEADER,
  type Tier,
} from './passport.ts';
export { type PassportClock, type ReadClaims, readPassportClaims } from './passport-claims.ts';
export { isCalendarPeriod, type Month, monthStart, monthsOf, type Period, parsePeriod } from './period.ts';
export { classifyQuadrants, type Quadrant } from './quadrants.ts';
export { REFERENCE_HEADER } from './reference.ts';
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
export { type Regulation, regulations } from './regulations.ts';
export { type RequestKind, type RequestKindRule, requestKinds, requestLimit } from './requests.ts';
export {
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
  type Grade,
  gradeOf,
  grades,
  type Scheme,
  type SchemeIndicator,
  type Score,
  type ScorePart,
  schemes,
  scoreOf,
} from './schemes.ts';
export { StandardError, type StandardReason } from './standard-error.ts';
export { type Standard, standards, standardVersion } from './standards.ts';
export {
  type AlarmLevel,
  alarmLevelOf,
  isTripped,
  monitoringFields,
  type Threshold,
  thresholds,
} from './thresholds.ts';
export { parseTimeLimit, TIME_UNITS, type TimeLimit, type TimeUnit } from './time-limit.ts';
export {
  CASE_STATUSES,
  type CaseStatus,
  statusOf,
  type Transition,
  transitionBy,
  transitions,
  transitionsFrom,
} from './transitions.ts';
