/** All scalars of the standard, by name. */
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
