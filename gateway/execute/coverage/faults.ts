/** A platform's answer → the fault that coverage lists. */
import type { PlatformAnswer, Problem } from '../../model/platform/platform-answer.ts';
import type { Fault } from './call-record.ts';

/** The fault of a platform whose answer is missing. */
export function faultOfMissing(answer: Extract<PlatformAnswer, { kind: 'missing' }>): Fault {
  const problem = answer.problems.find(isForCaller);
  if (problem) return { status: statusOf(problem, answer.status), code: problem.code, reason: problem.message };
  return { status: answer.status, code: answer.code, reason: answer.reason, inside: answer.problems[0]?.message };
}

/** The fault of a platform that answered, but reported an error for a part of its answer. */
export function faultOfProblem(problem: Problem): Fault {
  const { code, message } = problem;
  if (code === 'PLATFORM_LATE') return { status: 'LATE', code, reason: message };
  const reason = isForCaller(problem) ? message : 'the platform failed on this part';
  return { status: statusOf(problem, 'FAILED'), code, reason, inside: message };
}

function statusOf({ code }: Problem, otherwise: Fault['status']): Fault['status'] {
  return code === 'BAD_USER_INPUT' || code === 'TOO_COSTLY' ? 'REFUSED' : otherwise;
}

/** Codes whose messages platforms write for the caller. All other messages stay inside. */
const CALLER_FACING: ReadonlySet<string> = new Set(['BAD_USER_INPUT', 'STANDARD_BREACH', 'NOT_FOUND', 'TOO_COSTLY']);

function isForCaller({ code }: Problem): boolean {
  return CALLER_FACING.has(code);
}
