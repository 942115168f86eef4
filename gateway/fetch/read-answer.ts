/** The text of a platform's response → its answer: nothing of it is trusted before it has been looked at. */
import type { Answer, Problem } from '../model/answer.ts';
import { ERROR_CODES, type ErrorCode, type Path } from '../model/errors.ts';

const GARBAGE = 'the answer is not a GraphQL response';

export function readAnswer(status: number, text: string, elapsedMs: number): Answer {
  const body = parseObject(text);
  const problems = readProblems(body?.errors);
  if (body && isObject(body.data)) return { kind: 'answered', data: body.data, problems, elapsedMs };
  if (status === 401 || status === 403) {
    const reason = 'the platform refused the passport';
    return { kind: 'missing', status: 'REFUSED', code: 'PLATFORM_REFUSED', reason, problems, elapsedMs };
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
  return { kind: 'missing', status: 'NONCONFORMING', code: 'PLATFORM_FAILED', reason: GARBAGE, problems, elapsedMs };
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

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && code !== 'INTERNAL' && Object.hasOwn(ERROR_CODES, code);
}

function isPath(path: unknown): path is Path {
  return Array.isArray(path) && path.every((part) => typeof part === 'string' || typeof part === 'number');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
