/** `errors` of an answer → what its subgraph reported: nothing of it vanishes for its form, and no part of it is longer than it may be. */

import { isObject } from '@yiwang/schema';
import { ERROR_CODES, type ErrorCode, type Path } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { Problem } from '../../model/platform-answer.ts';
import { isPath } from './parse-coverage.ts';

export type ProblemLimits = Pick<Limits, 'errorsMax' | 'platformErrorBytesMax'>;

/** None for `null`, which some servers send in place of no entry. */
export function parseProblems(errors: unknown, limits: ProblemLimits): readonly Problem[] {
  if (errors === null || errors === undefined) return [];
  const list: readonly unknown[] = Array.isArray(errors) ? errors.slice(0, limits.errorsMax) : [errors];
  return list.map((error) => parseProblem(error, limits.platformErrorBytesMax));
}

function parseProblem(error: unknown, bytesMax: number): Problem {
  if (!isObject(error)) {
    const message =
      typeof error === 'string' ? truncateText(error, bytesMax) : 'the platform reported an error without a form';
    return { code: 'PLATFORM_FAILED', message, path: undefined, extensions: {} };
  }
  const { message, path } = error;
  const extensions = isObject(error.extensions) ? error.extensions : {};
  return {
    code: isErrorCode(extensions.code) ? extensions.code : 'PLATFORM_FAILED',
    message: typeof message === 'string' ? truncateText(message, bytesMax) : 'the platform gave no message',
    path: isPath(path) && fitsInBytes(path, bytesMax) ? (path as Path) : undefined,
    extensions: truncateExtensions(extensions, bytesMax),
  };
}

/** Cut to the limit, which is named at the end. */
function truncateText(text: string, bytesMax: number): string {
  // No character has more than three bytes for each of its code units.
  if (3 * text.length <= bytesMax) return text;
  const bytes = Buffer.from(text.slice(0, bytesMax + 1), 'utf8');
  if (bytes.length <= bytesMax) return text;
  const cut = ` … (cut at ${bytesMax} bytes)`;
  const beginning = bytes.subarray(0, bytesMax - Buffer.byteLength(cut)).toString('utf8');
  // Half a character at the end.
  return beginning.replace(/\ufffd+$/, '') + cut;
}

/** Those that come to too much are left out, but for the code. */
function truncateExtensions(extensions: Problem['extensions'], bytesMax: number): Problem['extensions'] {
  if (fitsInBytes(extensions, bytesMax)) return extensions;
  const { code } = extensions;
  return code !== undefined && fitsInBytes(code, bytesMax) ? { code } : {};
}

function fitsInBytes(value: unknown, bytesMax: number): boolean {
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
