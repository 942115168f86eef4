/** The scalars of the standard: by name, and as GraphQL has them. */

export type { CaseId } from './codes/case-id.ts';
export type { CategoryCode } from './codes/category-code.ts';
export type { CitizenId } from './codes/citizen-id.ts';
export type { ComponentCode } from './codes/component-code.ts';
export { type CreditCode, createCreditCode } from './codes/credit-code.ts';
export type { DivisionCode } from './codes/division-code.ts';
export { type GridCode, type GridProfile, gridProfiles, parseGridCode } from './codes/grid-code.ts';
export type { CalendarDate } from './date.ts';
export { type DateTime, formatDateTime } from './date-time.ts';
export { attachScalars, createGraphQLScalars, type GraphQLScalars } from './graphql-scalars.ts';
export type { Latitude } from './latitude.ts';
export type { Longitude } from './longitude.ts';
export type { PeriodText } from './period.ts';
export type { Brand, StandardScalar } from './standard-scalar.ts';
export { standardScalars } from './standard-scalars.ts';
