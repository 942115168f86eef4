/** All scalars of the standard, by name, and as GraphQL has them. */
import { GraphQLError, GraphQLScalarType, type ValueNode, valueFromASTUntyped } from 'graphql';
import { StandardError } from '../standard/standard-error.ts';
import { caseIdScalar } from './codes/case-id.ts';
import { categoryCodeScalar } from './codes/category-code.ts';
import { citizenIdScalar } from './codes/citizen-id.ts';
import { componentCodeScalar } from './codes/component-code.ts';
import { creditCodeScalar } from './codes/credit-code.ts';
import { divisionCodeScalar } from './codes/division-code.ts';
import { gridCodeScalar } from './codes/grid-code.ts';
import { dateScalar } from './date.ts';
import { dateTimeScalar } from './date-time.ts';
import { latitudeScalar } from './latitude.ts';
import { longitudeScalar } from './longitude.ts';
import { periodScalar } from './period.ts';
import type { StandardScalar } from './standard-scalar.ts';

export type { CaseId } from './codes/case-id.ts';
export type { CategoryCode } from './codes/category-code.ts';
export type { CitizenId } from './codes/citizen-id.ts';
export type { ComponentCode } from './codes/component-code.ts';
export { type CreditCode, createCreditCode } from './codes/credit-code.ts';
export type { DivisionCode } from './codes/division-code.ts';
export { type GridCode, type GridProfile, gridProfiles, parseGridCode } from './codes/grid-code.ts';
export type { CalendarDate } from './date.ts';
export { type DateTime, formatDateTime } from './date-time.ts';
export type { Latitude } from './latitude.ts';
export type { Longitude } from './longitude.ts';
export type { PeriodText } from './period.ts';
export type { Brand, StandardScalar } from './standard-scalar.ts';

const all: readonly StandardScalar[] = [
  caseIdScalar,
  categoryCodeScalar,
  citizenIdScalar,
  componentCodeScalar,
  creditCodeScalar,
  dateScalar,
  dateTimeScalar,
  divisionCodeScalar,
  gridCodeScalar,
  latitudeScalar,
  longitudeScalar,
  periodScalar,
];

export const standardScalars: Readonly<Record<string, StandardScalar>> = Object.fromEntries(
  all.map((scalar) => [scalar.name, scalar]),
);

/** The scalars as GraphQL types, made anew: a breach is a `GraphQLError` with `BAD_USER_INPUT` and the reason as `breach`. */
export function createGraphQLScalars(): Record<string, GraphQLScalarType> {
  return Object.fromEntries(all.map((scalar) => [scalar.name, createGraphQLScalar(scalar)]));
}

function createGraphQLScalar({ name, description, parse, serialize }: StandardScalar): GraphQLScalarType {
  return new GraphQLScalarType({
    name,
    description,
    serialize: (value) => withPublicErrors(() => serialize(value)),
    parseValue: (value) => withPublicErrors(() => parse(value)),
    parseLiteral: (node, variables) => withPublicErrors(() => parse(valueFromASTUntyped(node, variables)), node),
  });
}

function withPublicErrors<T>(run: () => T, node?: ValueNode): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof StandardError)) throw error;
    throw new GraphQLError(error.message, {
      ...(node ? { nodes: [node] } : {}),
      extensions: { code: 'BAD_USER_INPUT', breach: error.reason },
    });
  }
}
