/**
 * `errors` of an untrusted response → problems: malformed entries are kept as problems, and each part is cut to its
 * limit.
 */

import { isObject } from '@yiwang/schema';
import { ERROR_CODES, type ErrorCode } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { Problem } from '../../model/platform/platform-answer.ts';
import { isPath } from './parse-coverage.ts';

export type ProblemLimits = Pick<Limits, 'errorsMax' | 'platformErrorBytesMax'>;

/** Returns none for `null`, which some servers send if there are no errors. */
export function parseProblems(errors: unknown, limits: ProblemLimits): readonly Problem[] {
  if (errors === null || errors === undefined) return [];
  const list: readonly unknown[] = Array.isArray(errors) ? errors.slice(0, limits.errorsMax) : [errors];
  return list.map((error) => parseProblem(error, limits.platformErrorBytesMax));
}

function parseProblem(error: unknown, bytesMax: number): Problem {
  if (!isObject(error)) {
    const message =
      typeof error === 'string' ? truncateText(error, bytesMax) : 'the platform reported a malformed error';
    return { code: 'PLATFORM_FAILED', message, path: undefined, extensions: {} };
  }
  const { message, path } = error;
  const extensions = isObject(error.extensions) ? error.extensions : {};
  return {
    code: isErrorCode(extensions.code) ? extensions.code : 'PLATFORM_FAILED',
    message:
      typeof message === 'string'
        ? truncateText(message, bytesMax)
        : 'the platform reported an error without a message',
    path: isPath(path) && fitsInBytes(path, bytesMax) ? path : undefined,
    extensions: truncateExtensions(extensions, bytesMax),
  };
}

/** Cuts the text to the limit, and names the limit at its end. */
function truncateText(text: string, bytesMax: number): string {
  // UTF-8 takes at most three bytes for each UTF-16 code unit.
  if (3 * text.length <= bytesMax) return text;
  const bytes = Buffer.from(text.slice(0, bytesMax + 1), 'utf8');
  if (bytes.length <= bytesMax) return text;
  const cut = ` … (cut at ${bytesMax} bytes)`;
  const beginning = bytes.subarray(0, bytesMax - Buffer.byteLength(cut)).toString('utf8');
  // The cut may have split the last character.
  return beginning.replace(/\ufffd+$/, '') + cut;
}

/** Keeps the code alone if the extensions are longer than the limit. */
function truncateExtensions(extensions: Problem['extensions'], bytesMax: number): Problem['extensions'] {
  if (fitsInBytes(extensions, bytesMax)) return extensions;
  const { code } = extensions;
  return code !== undefined && fitsInBytes(code, bytesMax) ? { code } : {};
}

function fitsInBytes(value: unknown, bytesMax: number): boolean {
  try {
    return Buffer.byteLength(JSON.stringify(value)) <= bytesMax;
  } catch {
    // The value is nested too deeply for `JSON.stringify`.
    return false;
  }
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && code !== 'INTERNAL' && Object.hasOwn(ERROR_CODES, code);
}
