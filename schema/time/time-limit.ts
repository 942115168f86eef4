/** Time limits as the standard writes them: an amount and one of four units, each with its own clock. */
import { describeValue, StandardError } from '../standard/standard-error.ts';

export const TIME_UNITS = ['URGENT_HOUR', 'WORK_HOUR', 'WORKDAY', 'NATURAL_DAY'] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

export interface TimeLimit {
  /** Hours or days, greater than 0; fractions are allowed. */
  readonly amount: number;
  readonly unit: TimeUnit;
}

/** Reads the text form of the data files: `4 WORK_HOUR`. Throws a `StandardError` with LIMIT. */
export function parseTimeLimit(text: string): TimeLimit {
  const [, digits, name] = /^(\d+(?:\.\d+)?) ([A-Z_]+)$/.exec(text) ?? [];
  const unit = TIME_UNITS.find((candidate) => candidate === name);
  const amount = Number(digits);
  if (unit === undefined || !(amount > 0)) {
    throw new StandardError('LIMIT', `${describeValue(text)} is not a time limit; expected for instance "4 WORK_HOUR"`);
  }
  return { amount, unit };
}
