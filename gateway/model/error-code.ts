/** Any error → its code in the one table. */
import { GraphQLError } from 'graphql';
import { ERROR_CODES, type ErrorCode, SubgraphError } from './errors.ts';
import type { LimitName } from './limits.ts';

/** Codes of Apollo Server that are not in the table. */
const TRANSLATED: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
};

/** The messages with which the parser of graphql-js stops at one of its limits; it has no codes for them. */
const PARSER_LIMITS: readonly (readonly [message: RegExp, limit: LimitName])[] = [
  [/^Syntax Error: Document contains more tha[nt] (\d+) tokens/, 'tokensMax'],
  [/^Syntax Error: Document contains more than (\d+) comments/, 'commentsMax'],
  [/^Syntax Error: Source contains more than (\d+) UTF-16 code units/, 'operationTextMax'],
];

/** The limit that stopped the parser; undefined for any other message. */
export function parserLimitOf(message: string): { readonly limit: LimitName; readonly max: number } | undefined {
  for (const [pattern, limit] of PARSER_LIMITS) {
    const max = pattern.exec(message)?.[1];
    if (max !== undefined) return { limit, max: Number(max) };
  }
  return undefined;
}

/** An error of a subgraph is `PLATFORM_FAILED`, whatever code it names; one that is not meant for callers is `INTERNAL`. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof SubgraphError) return 'PLATFORM_FAILED';
  if (!(error instanceof GraphQLError)) return 'INTERNAL';
  const { code, breach } = error.extensions;
  if (parserLimitOf(error.message)) return 'TOO_COSTLY';
  if (isErrorCode(code)) return code;
  if (breach !== undefined) return 'BAD_USER_INPUT';
  return typeof code === 'string' ? (TRANSLATED[code] ?? 'INTERNAL') : 'INTERNAL';
}

export function isInternal(error: unknown): boolean {
  return codeOf(error) === 'INTERNAL';
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}
