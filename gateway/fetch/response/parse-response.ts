/** The text of a platform's response → its answer: nothing of it is trusted before it has been looked at. */

import { isObject } from '@yiwang/schema';
import { runCooperatively } from '../../kit/concurrency/run-cooperatively.ts';
import { decodeUtf8 } from '../../kit/json/decode-utf8.ts';
import { parseExact } from '../../kit/json/exact-numbers.ts';
import { readMembers } from '../../kit/json/json-members.ts';
import { parseCooperatively } from '../../kit/json/parse-cooperatively.ts';
import type { ErrorCode } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { PlatformAnswer, Problem, RawData, RawDataExtractor } from '../../model/platform-answer.ts';
import { parseCoverage } from './parse-coverage.ts';
import { type ProblemLimits, parseProblems } from './parse-errors.ts';

const NO_PROBLEMS: readonly Problem[] = [];
const NOT_GRAPHQL = 'the answer is not a GraphQL response';

/** What came over the wire. */
export interface PlatformResponse {
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

export interface ResponseParser {
  /** `isExact`: numbers of the data that a double does not hold are as in `kit/exact-numbers.ts`. Waits only for an answer so large that it is parsed in slices. */
  parse(reply: PlatformResponse, elapsedMs: number, isExact?: boolean): PlatformAnswer | Promise<PlatformAnswer>;
  /** As `answer`, but what is accepted stays as it was sent. */
  parseRaw(
    reply: PlatformResponse,
    elapsedMs: number,
    accept: RawDataExtractor,
  ): PlatformAnswer | RawData | Promise<PlatformAnswer | RawData>;
}

type ResponseParserLimits = ProblemLimits & Pick<Limits, 'parseSliceBytes' | 'sliceMs' | 'coverageEntriesMax'>;

export function createResponseParser(limits: ResponseParserLimits): ResponseParser {
  const { parseSliceBytes, sliceMs } = limits;
  const answerOf = (value: unknown, reply: PlatformResponse, elapsedMs: number): PlatformAnswer =>
    interpretResponse(value, reply, elapsedMs, limits);
  const answer = (
    reply: PlatformResponse,
    elapsedMs: number,
    isExact = false,
  ): PlatformAnswer | Promise<PlatformAnswer> => {
    const { body } = reply;
    const parse = isExact ? parseExact : JSON.parse;
    if (body.length <= parseSliceBytes) {
      return answerOf(withInexactErrors(tryParseText(body, parse), body, isExact), reply, elapsedMs);
    }
    return parseCooperatively(body, parseSliceBytes, parse).then(
      (value) => answerOf(withInexactErrors(value, body, isExact), reply, elapsedMs),
      () => answerOf(undefined, reply, elapsedMs),
    );
  };
  return {
    parse: answer,
    parseRaw: (reply, elapsedMs, accept) => {
      const { status, body } = reply;
      if (status !== 200) return answer(reply, elapsedMs, true);
      const take = (data: Buffer | undefined): PlatformAnswer | RawData | Promise<PlatformAnswer> =>
        data ? { kind: 'raw', data, elapsedMs } : answer(reply, elapsedMs, true);
      if (body.length <= parseSliceBytes) return take(accept.extract(body));
      return runCooperatively((isDue) => accept.extractCooperatively(body, isDue), sliceMs).then(take);
    },
  };
}

/** What a platform answers with to somebody who may not have what was asked for; a gateway says the last after too many wrong passports. */
const ACCESS_ERROR_CODES: ReadonlySet<ErrorCode> = new Set([
  'UNAUTHENTICATED',
  'OUT_OF_SCOPE',
  'PURPOSE_REQUIRED',
  'QUOTA_EXCEEDED',
]);

function interpretResponse(
  value: unknown,
  { status, unreadable = NOT_GRAPHQL, reference, sentAt }: PlatformResponse,
  elapsedMs: number,
  limits: ResponseParserLimits,
): PlatformAnswer {
  const body = isObject(value) ? value : undefined;
  const problems = body?.errors === undefined ? NO_PROBLEMS : parseProblems(body.errors, limits);
  if (body && isObject(body.data)) {
    const coverage = parseCoverage(body.extensions, limits.coverageEntriesMax);
    return { kind: 'answered', data: body.data, problems, coverage, reference, sentAt, elapsedMs };
  }
  if (status === 401 || status === 403 || problems.some(({ code }) => ACCESS_ERROR_CODES.has(code))) {
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
function withInexactErrors(value: unknown, body: Buffer, isExact: boolean): unknown {
  if (!isExact || !isObject(value) || value.errors === undefined) return value;
  return { ...value, errors: JSON.parse(readMembers(body).get('errors')!.toString('utf8')) };
}

/** Undefined for what is no JSON. */
function tryParseText(body: Buffer, parse: (text: string) => unknown): unknown {
  try {
    return parse(decodeUtf8(body));
  } catch {
    return undefined;
  }
}
