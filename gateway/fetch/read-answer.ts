/** The text of a platform's response → its answer: nothing of it is trusted before it has been looked at. */
import { parseInSlices } from '../kit/parse-in-slices.ts';
import type { Answer, Printed, Problem } from '../model/answer.ts';
import { ERROR_CODES, type ErrorCode } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import { isPath, readCoverage } from './read-coverage.ts';

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
  /** Waits only for an answer so large that it is parsed in slices. */
  answer(reply: Reply, elapsedMs: number): Answer | Promise<Answer>;
  /** As `answer`, but what carries nothing besides its data stays as it was sent. */
  printed(reply: Reply, elapsedMs: number): Answer | Printed | Promise<Answer>;
}

export function createReader({
  parseSliceBytes,
  coverageEntriesMax,
}: Pick<Limits, 'parseSliceBytes' | 'coverageEntriesMax'>): Reader {
  const answerOf = (value: unknown, reply: Reply, elapsedMs: number): Answer =>
    interpret(value, reply, elapsedMs, coverageEntriesMax);
  const answer = (reply: Reply, elapsedMs: number): Answer | Promise<Answer> => {
    const { body } = reply;
    if (body.length <= parseSliceBytes) return answerOf(parseText(body), reply, elapsedMs);
    return parseInSlices(body, parseSliceBytes).then(
      (value) => answerOf(value, reply, elapsedMs),
      () => answerOf(undefined, reply, elapsedMs),
    );
  };
  return {
    answer,
    printed: (reply, elapsedMs) => readPrinted(reply, elapsedMs) ?? answer(reply, elapsedMs),
  };
}

const HEAD = Buffer.from('{"data":{');
const TAIL = Buffer.from('}}');

/**
 * The data as it was sent; undefined where there may be more than data in the answer. What is between the braces is taken on
 * trust to be JSON, so this is for servers that are trusted with what their clients get.
 */
function readPrinted({ status, body }: Reply, elapsedMs: number): Printed | undefined {
  if (status !== 200 || !body.subarray(0, HEAD.length).equals(HEAD)) return undefined;
  const end = body[body.length - 1] === NEWLINE ? body.length - 1 : body.length;
  if (!body.subarray(end - TAIL.length, end).equals(TAIL)) return undefined;
  if (body.includes('"errors"') || body.includes('"extensions"')) return undefined;
  return { kind: 'printed', data: body.subarray(HEAD.length - 1, end - 1), elapsedMs };
}

const NEWLINE = 0x0a;

/** What a platform answers with to somebody who may not have what was asked for. */
const RIGHTS_CODES: ReadonlySet<ErrorCode> = new Set(['UNAUTHENTICATED', 'OUT_OF_SCOPE', 'PURPOSE_REQUIRED']);

function interpret(
  value: unknown,
  { status, unreadable = GARBAGE, reference, sentAt }: Reply,
  elapsedMs: number,
  coverageEntriesMax: number,
): Answer {
  const body = isObject(value) ? value : undefined;
  const problems = body?.errors === undefined ? NONE : readProblems(body.errors);
  if (body && isObject(body.data)) {
    const coverage = readCoverage(body.extensions, coverageEntriesMax);
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

function readProblems(errors: unknown): Problem[] {
  if (!Array.isArray(errors)) return [];
  return errors.filter(isObject).map((error) => {
    const extensions = isObject(error.extensions) ? error.extensions : {};
    return {
      code: isErrorCode(extensions.code) ? extensions.code : 'PLATFORM_FAILED',
      message: typeof error.message === 'string' ? error.message : 'the platform gave no message',
      path: isPath(error.path) ? error.path : undefined,
      extensions,
    };
  });
}

/** Undefined for what is no JSON. */
function parseText(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && code !== 'INTERNAL' && Object.hasOwn(ERROR_CODES, code);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
