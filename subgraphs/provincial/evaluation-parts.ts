/** Points and rate of an indicator of an evaluation, for the public by the rule of open statistics. */
import { disclosure } from '@yiwang/schema';
import type { RateValue } from '@yiwang/schema/statistics';
import type { PartRow } from './store.ts';

/** Null for an indicator that is no rate, and for the public if fewer rows were counted than the standard discloses. */
export function rateOfPart({ numerator, denominator }: PartRow, isForPublic: boolean): RateValue | null {
  if (numerator === null || denominator === null) return null;
  if (!isForPublic) return withValue(numerator, denominator);
  if (denominator < disclosure.smallCount) return null;
  return withValue(rounded(numerator), rounded(denominator));
}

/** Whole points for the public, from which no small count can be worked out; never more than the full score. */
export function pointsOfPart({ score, fullScore }: PartRow, isForPublic: boolean): number {
  return isForPublic ? Math.min(Math.round(score), Math.floor(fullScore)) : score;
}

function rounded(count: number): number {
  return Math.round(count / disclosure.roundTo) * disclosure.roundTo;
}

function withValue(numerator: number, denominator: number): RateValue {
  return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator };
}
