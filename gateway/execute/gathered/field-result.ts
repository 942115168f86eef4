/** What one platform answered to a call for root fields → its share in each. */
import { isNonNullType } from 'graphql';
import type { FieldProgram } from '../../model/gather.ts';
import type { PlatformAnswer, Problem } from '../../model/platform-answer.ts';
import type { MergedCoverage } from '../call/merge-relay-coverage.ts';
import type { RouteTarget } from '../context.ts';
import type { CallRecord } from '../coverage/call-record.ts';
import { faultOfMissing } from '../coverage/coverage-collector.ts';
import type { FieldResult } from './merge-field.ts';

type Answered = Extract<PlatformAnswer, { kind: 'answered' }>;

/** The share of a platform whose answer did not come, which is on the ledger then. */
export function createMissingResult(
  { responseKey }: FieldProgram,
  answer: Extract<PlatformAnswer, { kind: 'missing' }>,
  target: RouteTarget,
  record: CallRecord,
): FieldResult {
  record.addFault(faultOfMissing(answer), [responseKey]);
  const contributors = [{ record, isMissing: true }];
  return { target, region: target.asked, record, value: undefined, problems: [], mayBeNull: true, contributors };
}

export function createAnsweredResult(
  { responseKey, definition }: FieldProgram,
  { data }: Answered,
  target: RouteTarget,
  record: CallRecord,
  folded: MergedCoverage,
): FieldResult {
  const problems = folded.answer.problems.filter(({ path }) => path?.[0] === responseKey);
  const value = data[responseKey] ?? null;
  if (folded.platforms) {
    const contributors = folded.platforms.map((part) => ({
      record: part.record,
      isMissing: part.lacking.has(responseKey),
    }));
    // A gateway leaves out what none of its platforms gave, and has said so of each.
    const isGap = !(responseKey in data) && contributors.every(({ isMissing }) => isMissing);
    return {
      target,
      region: target.asked,
      record,
      value: isGap ? undefined : value,
      problems,
      mayBeNull: true,
      contributors,
    };
  }
  const mayBeNull = responseKey in data && !isNonNullType(definition.type);
  const contributors = [{ record, isMissing: value === null && (problems.length > 0 || !mayBeNull) }];
  return { target, region: target.asked, record, value, problems, mayBeNull, contributors };
}

/**
 * The same with a place for each problem: one that names no field that was asked for stands at all that have no value, and at the first where all have
 * theirs, since nothing may be missing unsaid.
 */
export function placeProblems(folded: MergedCoverage, keys: readonly string[]): MergedCoverage {
  const { answer } = folded;
  const isPlaced = ({ path }: Problem): boolean => path !== undefined && keys.includes(String(path[0]));
  if (answer.problems.every(isPlaced)) return folded;
  const empty = keys.filter((key) => answer.data[key] === null || answer.data[key] === undefined);
  const places = empty.length > 0 ? empty : keys.slice(0, 1);
  const problems = answer.problems.flatMap((problem) =>
    isPlaced(problem) ? [problem] : places.map((key) => ({ ...problem, path: [key] })),
  );
  return { ...folded, answer: { ...answer, problems } };
}
