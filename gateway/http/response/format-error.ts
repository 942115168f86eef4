/** An error → what clients see of it: a code of the table and a message, nothing internal. */
import type { GraphQLFormattedError } from 'graphql';
import { codeOf, parserLimitOf } from '../../model/error-code.ts';
import { SubgraphError } from '../../model/errors.ts';

/** Used by Apollo Server, and for refusals that never reach it. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = codeOf(error);
  const { stacktrace: _stack, exception: _exception, http: _http, ...extensions } = formatted.extensions ?? {};
  if (error instanceof SubgraphError) return { ...formatted, extensions };
  if (code === 'TOO_COSTLY')
    return { ...formatted, extensions: { ...extensions, ...parserLimitOf(formatted.message), code } };
  if (code !== 'INTERNAL') return { ...formatted, extensions: { ...extensions, code } };
  return {
    message: 'Something went wrong inside; the log has it under the id of this request.',
    ...(formatted.locations ? { locations: formatted.locations } : {}),
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code },
  };
}
