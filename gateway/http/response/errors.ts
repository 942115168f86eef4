/** Any error → what callers see of it: a code of the one table and a plain message, never anything from inside. */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ERROR_CODES, type ErrorCode, SubgraphError } from '../../model/errors.ts';
import type { LimitName } from '../../model/limits.ts';

/** Codes of Apollo Server that are not in the table. */
const TRANSLATED: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
};

/** What the parser of graphql-js says when it stops at one of its bounds; it has no codes of its own for them. */
const PARSER_BOUNDS: readonly (readonly [says: RegExp, limit: LimitName])[] = [
  [/^Syntax Error: Document contains more tha[nt] (\d+) tokens/, 'tokensMax'],
  [/^Syntax Error: Document contains more than (\d+) comments/, 'commentsMax'],
  [/^Syntax Error: Source contains more than (\d+) UTF-16 code units/, 'operationTextMax'],
];

/** The limit that stopped the parser; undefined for any other error. */
export function parserBoundOf(message: string): { readonly limit: LimitName; readonly max: number } | undefined {
  for (const [says, limit] of PARSER_BOUNDS) {
    const max = says.exec(message)?.[1];
    if (max !== undefined) return { limit, max: Number(max) };
  }
  return undefined;
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}

export function isInternal(error: unknown): boolean {
  return codeOf(error) === 'INTERNAL';
}

/** The code of an error: for a subgraph's own, whatever code it names, `PLATFORM_FAILED`; `INTERNAL` for one that nobody meant for callers. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof SubgraphError) return 'PLATFORM_FAILED';
  if (!(error instanceof GraphQLError)) return 'INTERNAL';
  const { code, breach } = error.extensions;
  if (parserBoundOf(error.message)) return 'TOO_COSTLY';
  if (isErrorCode(code)) return code;
  if (breach !== undefined) return 'BAD_USER_INPUT';
  return typeof code === 'string' ? (TRANSLATED[code] ?? 'INTERNAL') : 'INTERNAL';
}

/** For `formatError` of Apollo Server, and for refusals that never reach it. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = codeOf(error);
  const { stacktrace: _stack, exception: _exception, http: _http, ...extensions } = formatted.extensions ?? {};
  if (error instanceof SubgraphError) return { ...formatted, extensions };
  if (code === 'TOO_COSTLY')
    return { ...formatted, extensions: { ...extensions, ...parserBoundOf(formatted.message), code } };
  if (code !== 'INTERNAL') return { ...formatted, extensions: { ...extensions, code } };
  return {
    message: 'Something went wrong inside; the log has it under the id of this request.',
    ...(formatted.locations ? { locations: formatted.locations } : {}),
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code },
  };
}
