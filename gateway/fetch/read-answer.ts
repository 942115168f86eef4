/** The text of a platform's response → its answer: nothing of it is trusted before it has been looked at. */
import { decodeUtf8 } from '../kit/decode-utf8.ts';
import { parseExact } from '../kit/exact-numbers.ts';
import { inSlices } from '../kit/in-slices.ts';
import { membersOf } from '../kit/json-members.ts';
import { parseInSlices } from '../kit/parse-in-slices.ts';
import type { AcceptData, Answer, Printed, Problem } from '../model/answer.ts';
import type { ErrorCode } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import { readCoverage } from './read-coverage.ts';
import { type ProblemLimits, readProblems } from './read-problems.ts';

const NONE: readonly Problem[] = [];
const GARBAGE = 'the answer is not a GraphQL response';

/** What came over the wire. */
export interface Reply {
  readonly status: number;
  /** In UTF-8. */
  readonly body: Buffer;
  /** Why the body could not be read; it is empty then. */
  readonly unreadable?: string | undefined;
  /** The version of the reference data that it consists of, as the platform told it. */
  readonly reference?: string | undefined;
  /** Milliseconds of the clock when its request went out. */
  readonly sentAt: number;
}

export interface Reader {
  /** `isExact`: numbers of the data that a double does not hold are as in `kit/exact-numbers.ts`. Waits only for an answer so large that it is parsed in slices. */
  answer(reply: Reply, elapsedMs: number, isExact?: boolean): Answer | Promise<Answer>;
  /** As `answer`, but what is accepted stays as it was sent. */
  printed(reply: Reply, elapsedMs: number, accept: AcceptData): Answer | Printed | Promise<Answer | Printed>;
}

type ReaderLimits = ProblemLimits & Pick<Limits, 'parseSliceBytes' | 'sliceMs' | 'coverageEntriesMax'>;

export function createReader(limits: ReaderLimits): Reader {
  const { parseSliceBytes, sliceMs } = limits;
  const answerOf = (value: unknown, reply: Reply, elapsedMs: number): Answer =>
    interpret(value, reply, elapsedMs, limits);
  const answer = (reply: Reply, elapsedMs: number, isExact = false): Answer | Promise<Answer> => {
    const { body } = reply;
    const parse = isExact ? parseExact : JSON.parse;
    if (body.length <= parseSliceBytes) {
      return answerOf(withPlainErrors(parseText(body, parse), body, isExact), reply, elapsedMs);
    }
    return parseInSlices(body, parseSliceBytes, parse).then(
      (value) => answerOf(withPlainErrors(value, body, isExact), reply, elapsedMs),
      () => answerOf(undefined, reply, elapsedMs),
    );
  };
  return {
    answer,
    printed: (reply, elapsedMs, accept) => {
      const { status, body } = reply;
      if (status !== 200) return answer(reply, elapsedMs, true);
      const take = (data: Buffer | undefined): Answer | Printed | Promise<Answer> =>
        data ? { kind: 'printed', data, elapsedMs } : answer(reply, elapsedMs, true);
      if (body.length <= parseSliceBytes) return take(accept.now(body));
      return inSlices((isDue) => accept.slowly(body, isDue), sliceMs).then(take);
    },
  };
}

/** What a platform answers with to somebody who may not have what was asked for; a gateway says the last after too many wrong passports. */
const RIGHTS_CODES: ReadonlySet<ErrorCode> = new Set([
  'UNAUTHENTICATED',
  'OUT_OF_SCOPE',
  'PURPOSE_REQUIRED',
  'QUOTA_EXCEEDED',
]);

function interpret(
  value: unknown,
  { status, unreadable = GARBAGE, reference, sentAt }: Reply,
  elapsedMs: number,
  limits: ReaderLimits,
): Answer {
  const body = isObject(value) ? value : undefined;
  const problems = body?.errors === undefined ? NONE : readProblems(body.errors, limits);
  if (body && isObject(body.data)) {
    const coverage = readCoverage(body.extensions, limits.coverageEntriesMax);
    return { kind: 'answered', data: body.data, problems, coverage, reference, sentAt, elapsedMs };
  }
  if (status === 401 || status === 403 || problems.some(({ code }) => RIGHTS_CODES.has(code))) {
    const reason = 'the platform refused the passport';
    const refused = { status: 'REFUSED', code: 'PLATFORM_REFUSED', isDenied: true } as const;
    return { kind: 'missing', ...refused, reason, problems, elapsedMs };
  }
  if (body && problems.length > 0) {
    const late = problems.find((problem) => problem.code === 'PLATFORM_LATE');
    if (late)
      return { kind: 'missing', status: 'LATE', code: 'PLATFORM_LATE', reason: late.message, problems, elapsedMs };
    const reason = 'the platform answered with errors only';
    return { kind: 'missing', status: 'FAILED', code: 'PLATFORM_FAILED', reason, problems, elapsedMs };
  }
  if (status >= 500) {
    const reason = `the platform answered with HTTP status ${status}`;
    return { kind: 'missing', status: 'FAILED', code: 'PLATFORM_FAILED', reason, problems, elapsedMs };
  }
  return { kind: 'missing', status: 'NONCONFORMING', code: 'PLATFORM_FAILED', reason: unreadable, problems, elapsedMs };
}

/** What is told beside the data goes to clients as it is. */
function withPlainErrors(value: unknown, body: Buffer, isExact: boolean): unknown {
  if (!isExact || !isObject(value) || value.errors === undefined) return value;
  return { ...value, errors: JSON.parse(membersOf(body).get('errors')!.toString('utf8')) };
}

/** Undefined for what is no JSON. */
function parseText(body: Buffer, parse: (text: string) => unknown): unknown {
  try {
    return parse(decodeUtf8(body));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
