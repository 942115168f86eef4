/** The checks that flows share; the tables name them and say in words what each asks for. */
import { describeValue } from '../../standard/standard-error.ts';
import type { Check } from './apply-stage.ts';

const DAY_MS = 86_400_000;

/** Who acts is the officer named for the role. Unknown officers are not compared. */
export const isNamed: Check = (progress, { role, actor }) => {
  const expected = progress.named(role);
  return !actor || expected === undefined || expected === actor
    ? undefined
    : `${describeValue(expected)} was named ${role}, and ${describeValue(actor)} acts`;
};

export const isHandledByAnother: Check = (progress, { actor }) =>
  actor && progress.isHandler(actor) ? `${describeValue(actor)} handled it, and stands aside` : undefined;

export const isNotSuspended: Check = ({ suspendedUntil }) =>
  suspendedUntil === null ? undefined : `it is suspended until ${new Date(suspendedUntil).toISOString()}`;

export const isSuspended: Check = ({ suspendedUntil }, { at }) => {
  if (suspendedUntil === null) return 'it is not suspended';
  return at <= suspendedUntil
    ? undefined
    : `the suspension ended by itself at ${new Date(suspendedUntil).toISOString()}`;
};

/** The act gives an end date within so many days. */
export function isUntilWithin(days: number): Check {
  return (_, { at, until }) =>
    until && until > at && until - at <= days * DAY_MS
      ? undefined
      : `an end date is expected, later than the act and within ${days} days of it`;
}

/** The deadline of a clock is not past. */
export function isNotOverdue(clock: string): Check {
  return (progress, { at }) =>
    progress.clocks.get(clock)?.isOverdue(at) ? `the deadline of the clock ${clock} is past` : undefined;
}
