/** Period: a year, quarter, month or range of days, kept as its canonical text. */
import { parsePeriod } from '../time/period.ts';
import { type Brand, expectPattern, expectText, type StandardScalar } from './standard-scalar.ts';

export type PeriodText = Brand<string, 'Period'>;

const WHAT = 'a period';

export const periodScalar: StandardScalar<PeriodText> = {
  name: 'Period',
  description: 'Period in the zone +08:00: 2026, 2026Q3, 2026-10, or 2026-10-01/2026-11-01 with the end excluded.',
  parse: (value) => parsePeriod(expectText(value, WHAT)).canonical as PeriodText,
  serialize: (value) =>
    expectPattern(value, /^\d{4}(?:Q[1-4]|-(?:0[1-9]|1[0-2])|-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2})?$/, WHAT),
};
