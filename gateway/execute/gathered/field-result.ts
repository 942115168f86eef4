/** What one platform answered to a call for root fields → its result for each field. */
import type { Region } from '@yiwang/schema';
import { isNonNullType } from 'graphql';
import type { Contribution, FieldProgram } from '../../model/gather.ts';
import type { RouteTarget } from '../../model/platform/network.ts';
import type { MissingAnswer, Problem } from '../../model/platform/platform-answer.ts';
import type { PlatformBelow, PresentAnswer } from '../call/fetch-call.ts';
import type { CallRecord } from '../coverage/call-record.ts';
import { faultOfMissing } from '../coverage/faults.ts';

/** What one platform gave for one field. */
export interface FieldResult {
  readonly target: RouteTarget;
  /** What the platform was asked for: none of its rows may lie elsewhere. */
  readonly region: Region;
  readonly record: CallRecord;
  /** Undefined if its answer is missing, which is reported by then. */
  readonly value: unknown;
  /** What it gave when it was asked for more rows of its page; undefined if it was not asked, or gave none. */
  readonly refill?: unknown;
  /** The platform's errors for this field, with the platform's paths. */
  readonly problems: readonly Problem[];
  readonly mayBeNull: boolean;
  /** The platform, or the platforms below if it is a gateway. */
  readonly contributors: readonly Contributor[];
}

/** One platform that was asked for a field. */
export interface Contributor {
  readonly record: CallRecord;
  readonly isMissing: boolean;
}

export function toContribution({ value, region, refill }: FieldResult): Contribution {
  return { value, region, refill };
}

/** The result of a platform whose answer is missing. Reports the fault. */
export function createMissingResult(
  { responseKey }: FieldProgram,
  answer: MissingAnswer,
  target: RouteTarget,
  record: CallRecord,
): FieldResult {
  record.addFault(faultOfMissing(answer), [responseKey]);
  const contributors = [{ record, isMissing: true }];
  return { target, region: target.region, record, value: undefined, problems: [], mayBeNull: true, contributors };
}

/** An answer to a call for root fields. */
export interface FieldsAnswer {
  readonly data: PresentAnswer['data'];
  /** Each at the response key of a field that was asked for. */
  readonly problems: readonly Problem[];
  /** The platforms that a gateway answered for; undefined if the platform answered for itself. */
  readonly below: readonly PlatformBelow[] | undefined;
}

export function createAnsweredResult(
  { responseKey, definition }: FieldProgram,
  answer: FieldsAnswer,
  target: RouteTarget,
  record: CallRecord,
): FieldResult {
  const { data, below } = answer;
  const problems = answer.problems.filter(({ path }) => path?.[0] === responseKey);
  const value = data[responseKey] ?? null;
  const { region } = target;
  if (below) {
    const contributors = below.map((each) => ({ record: each.record, isMissing: each.missingFields.has(responseKey) }));
    // A gateway leaves out what none of its platforms gave, and has reported each of them.
    const isOmitted = !(responseKey in data) && contributors.every(({ isMissing }) => isMissing);
    return { target, region, record, value: isOmitted ? undefined : value, problems, mayBeNull: true, contributors };
  }
  const mayBeNull = responseKey in data && !isNonNullType(definition.type);
  const contributors = [{ record, isMissing: value === null && (problems.length > 0 || !mayBeNull) }];
  return { target, region, record, value, problems, mayBeNull, contributors };
}

/**
 * Gives each problem a place. One that names no field of the call stands at every field without a value, or at the
 * first if all have values: nothing may be missing without an error.
 */
export function placeProblems(
  data: PresentAnswer['data'],
  problems: readonly Problem[],
  keys: readonly string[],
): readonly Problem[] {
  const isPlaced = ({ path }: Problem): boolean => path !== undefined && keys.includes(String(path[0]));
  if (problems.every(isPlaced)) return problems;
  const empty = keys.filter((key) => data[key] === null || data[key] === undefined);
  const places = empty.length > 0 ? empty : keys.slice(0, 1);
  return problems.flatMap((problem) =>
    isPlaced(problem) ? [problem] : places.map((key) => ({ ...problem, path: [key] })),
  );
}
