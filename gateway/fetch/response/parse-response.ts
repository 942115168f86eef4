/** HTTP response of a platform, which is not trusted → its answer. */
import { isObject } from '@yiwang/schema';
import { runCooperatively } from '../../kit/concurrency/run-cooperatively.ts';
import { decodeUtf8 } from '../../kit/json/decode-utf8.ts';
import { parseExact } from '../../kit/json/exact-numbers.ts';
import { readMembers } from '../../kit/json/json-members.ts';
import { parseCooperatively } from '../../kit/json/parse-cooperatively.ts';
import type { ErrorCode } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type {
  MissingAnswer,
  PlatformAnswer,
  Problem,
  RawData,
  RawDataExtractor,
} from '../../model/platform/platform-answer.ts';
import type { PlatformResponse } from '../call-outcome.ts';
import { parseCoverage } from './parse-coverage.ts';
import { type ProblemLimits, parseProblems } from './parse-errors.ts';

const NO_PROBLEMS: readonly Problem[] = [];

export interface ResponseParser {
  /**
   * `isExact`: numbers of the data that a double does not hold are as in `kit/json/exact-numbers.ts`. Returns a promise
   * only for a body that is so large that it is parsed in slices.
   */
  parse(response: PlatformResponse, elapsedMs: number, isExact?: boolean): PlatformAnswer | Promise<PlatformAnswer>;
  /** As `parse`, but returns data that the extractor accepts as the platform sent it. */
  parseRaw(
    response: PlatformResponse,
    elapsedMs: number,
    extractor: RawDataExtractor,
  ): PlatformAnswer | RawData | Promise<PlatformAnswer | RawData>;
}

type ResponseParserLimits = ProblemLimits & Pick<Limits, 'parseSliceBytes' | 'sliceMs' | 'coverageEntriesMax'>;

export function createResponseParser(limits: ResponseParserLimits): ResponseParser {
  const { parseSliceBytes, sliceMs } = limits;
  const parse = (
    response: PlatformResponse,
    elapsedMs: number,
    isExact = false,
  ): PlatformAnswer | Promise<PlatformAnswer> => {
    const { body } = response;
    const parseText = isExact ? parseExact : JSON.parse;
    if (body.length <= parseSliceBytes) {
      const value = withInexactErrors(tryParseText(body, parseText), body, isExact);
      return interpretResponse(value, response, elapsedMs, limits);
    }
    return parseCooperatively(body, parseSliceBytes, parseText).then(
      (value) => interpretResponse(withInexactErrors(value, body, isExact), response, elapsedMs, limits),
      () => interpretResponse(undefined, response, elapsedMs, limits),
    );
  };
  return {
    parse,
    parseRaw: (response, elapsedMs, extractor) => {
      const { status, body } = response;
      if (status !== 200) return parse(response, elapsedMs, true);
      const toAnswer = (data: Buffer | undefined): PlatformAnswer | RawData | Promise<PlatformAnswer> =>
        data ? { kind: 'raw', data, elapsedMs } : parse(response, elapsedMs, true);
      if (body.length <= parseSliceBytes) return toAnswer(extractor.extract(body));
      return runCooperatively((isDue) => extractor.extractCooperatively(body, isDue), sliceMs).then(toAnswer);
    },
  };
}

/** Codes by which a platform denies access. A gateway sends the last one after too many invalid passports. */
const ACCESS_ERROR_CODES: ReadonlySet<ErrorCode> = new Set([
  'UNAUTHENTICATED',
  'OUT_OF_SCOPE',
  'PURPOSE_REQUIRED',
  'QUOTA_EXCEEDED',
]);

/** `value`: the parsed body; undefined if it is not JSON. */
function interpretResponse(
  value: unknown,
  response: PlatformResponse,
  elapsedMs: number,
  limits: ResponseParserLimits,
): PlatformAnswer {
  const body = isObject(value) ? value : undefined;
  const problems = body?.errors === undefined ? NO_PROBLEMS : parseProblems(body.errors, limits);
  if (body && isObject(body.data)) {
    const coverage = parseCoverage(body.extensions, limits.coverageEntriesMax);
    const { referenceVersion: reference, sentAt } = response;
    return { kind: 'answered', data: body.data, problems, coverage, reference, sentAt, elapsedMs };
  }
  return { kind: 'missing', ...explainMissingData(response, problems), problems, elapsedMs };
}

function explainMissingData(
  { status, decodeError = 'the answer is not a GraphQL response' }: PlatformResponse,
  problems: readonly Problem[],
): Pick<MissingAnswer, 'status' | 'code' | 'reason' | 'isDenied'> {
  if (status === 401 || status === 403 || problems.some(({ code }) => ACCESS_ERROR_CODES.has(code))) {
    const reason = 'the platform refused the passport';
    return { status: 'REFUSED', code: 'PLATFORM_REFUSED', isDenied: true, reason };
  }
  const late = problems.find(({ code }) => code === 'PLATFORM_LATE');
  if (late) return { status: 'LATE', code: 'PLATFORM_LATE', reason: late.message };
  if (problems.length > 0) {
    return { status: 'FAILED', code: 'PLATFORM_FAILED', reason: 'the platform answered with errors only' };
  }
  if (status >= 500) {
    const reason = `the platform answered with HTTP status ${status}`;
    return { status: 'FAILED', code: 'PLATFORM_FAILED', reason };
  }
  return { status: 'NONCONFORMING', code: 'PLATFORM_FAILED', reason: decodeError };
}

/** Errors go to clients as they were sent, so their numbers are parsed as usual. */
function withInexactErrors(value: unknown, body: Buffer, isExact: boolean): unknown {
  if (!isExact || !isObject(value) || value.errors === undefined) return value;
  return { ...value, errors: JSON.parse(readMembers(body).get('errors')!.toString('utf8')) };
}

/** Returns undefined if the body is not JSON. */
function tryParseText(body: Buffer, parseText: (text: string) => unknown): unknown {
  try {
    return parseText(decodeUtf8(body));
  } catch {
    return undefined;
  }
}
