/** `errors` of an answer → what its subgraph reported: nothing of it vanishes for its form, and no part of it is longer than it may be. */
import type { Problem } from '../model/answer.ts';
import { ERROR_CODES, type ErrorCode, type Path } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import { isPath } from './read-coverage.ts';

export type ProblemLimits = Pick<Limits, 'errorsMax' | 'platformErrorBytesMax'>;

/** None for `null`, which some servers send in place of no entry. */
export function readProblems(errors: unknown, limits: ProblemLimits): readonly Problem[] {
  if (errors === null || errors === undefined) return [];
  const given: readonly unknown[] = Array.isArray(errors) ? errors.slice(0, limits.errorsMax) : [errors];
  return given.map((error) => readProblem(error, limits.platformErrorBytesMax));
}

function readProblem(error: unknown, bytesMax: number): Problem {
  if (!isObject(error)) {
    const message =
      typeof error === 'string' ? bounded(error, bytesMax) : 'the platform reported an error without a form';
    return { code: 'PLATFORM_FAILED', message, path: undefined, extensions: {} };
  }
  const { message, path } = error;
  const extensions = isObject(error.extensions) ? error.extensions : {};
  return {
    code: isErrorCode(extensions.code) ? extensions.code : 'PLATFORM_FAILED',
    message: typeof message === 'string' ? bounded(message, bytesMax) : 'the platform gave no message',
    path: isPath(path) && isShort(path, bytesMax) ? (path as Path) : undefined,
    extensions: boundedExtensions(extensions, bytesMax),
  };
}

/** Cut to the limit, which is named at the end. */
function bounded(text: string, bytesMax: number): string {
  // No character has more than three bytes for each of its code units.
  if (3 * text.length <= bytesMax) return text;
  const bytes = Buffer.from(text.slice(0, bytesMax + 1), 'utf8');
  if (bytes.length <= bytesMax) return text;
  const cut = ` … (cut at ${bytesMax} bytes)`;
  const kept = bytes.subarray(0, bytesMax - Buffer.byteLength(cut)).toString('utf8');
  // Half a character at the end.
  return kept.replace(/\ufffd+$/, '') + cut;
}

/** Those that come to too much are left out, but for the code. */
function boundedExtensions(extensions: Problem['extensions'], bytesMax: number): Problem['extensions'] {
  if (isShort(extensions, bytesMax)) return extensions;
  const { code } = extensions;
  return code !== undefined && isShort(code, bytesMax) ? { code } : {};
}

function isShort(value: unknown, bytesMax: number): boolean {
  try {
    return Buffer.byteLength(JSON.stringify(value)) <= bytesMax;
  } catch {
    // Nested deeper than can be written.
    return false;
  }
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && code !== 'INTERNAL' && Object.hasOwn(ERROR_CODES, code);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
