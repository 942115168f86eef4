/** What one platform answered to a call for root fields → its share in each. */
import { isNonNullType } from 'graphql';
import type { Answer, Problem } from '../model/answer.ts';
import type { FieldProgram } from '../model/gather.ts';
import type { Target } from './context.ts';
import type { Share } from './field.ts';
import { faultOf } from './ledger.ts';
import type { CallRecord } from './ledger-call.ts';
import type { Folded } from './relayed.ts';

type Answered = Extract<Answer, { kind: 'answered' }>;

/** The share of a platform whose answer did not come, which is on the ledger then. */
export function missingShare(
  { responseKey }: FieldProgram,
  answer: Extract<Answer, { kind: 'missing' }>,
  target: Target,
  record: CallRecord,
): Share {
  record.fault(faultOf(answer), [responseKey]);
  const parts = [{ record, isMissing: true }];
  return { target, region: target.asked, record, value: undefined, problems: [], mayBeNull: true, parts };
}

export function shareOf(
  { responseKey, definition }: FieldProgram,
  { data }: Answered,
  target: Target,
  record: CallRecord,
  folded: Folded,
): Share {
  const problems = folded.answer.problems.filter(({ path }) => path?.[0] === responseKey);
  const value = data[responseKey] ?? null;
  if (folded.below) {
    const parts = folded.below.map((part) => ({ record: part.record, isMissing: part.lacking.has(responseKey) }));
    // A gateway leaves out what none of its platforms gave, and has said so of each.
    const isGap = !(responseKey in data) && parts.every(({ isMissing }) => isMissing);
    return { target, region: target.asked, record, value: isGap ? undefined : value, problems, mayBeNull: true, parts };
  }
  const mayBeNull = responseKey in data && !isNonNullType(definition.type);
  const parts = [{ record, isMissing: value === null && (problems.length > 0 || !mayBeNull) }];
  return { target, region: target.asked, record, value, problems, mayBeNull, parts };
}

/**
 * The same with a place for each problem: one that names no field that was asked for stands at all that have no value, and at the first where all have
 * theirs, since nothing may be missing unsaid.
 */
export function placeProblems(folded: Folded, keys: readonly string[]): Folded {
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
