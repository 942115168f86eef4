/** Errors as they are to be told → no more of them, and no longer ones, than an answer may hold. */
import type { GraphQLFormattedError } from 'graphql';
import type { Limits } from '../../model/limits.ts';

export type ErrorLimits = Pick<Limits, 'errorsMax' | 'errorsBytesMax' | 'errorMessageMax'>;

/** Those that there is no room for are left out, but for the first, which keeps its message and its code alone then. */
export function boundErrors<E extends GraphQLFormattedError>(
  errors: readonly E[],
  { errorsMax, errorsBytesMax, errorMessageMax }: ErrorLimits,
): GraphQLFormattedError[] {
  const bounded: GraphQLFormattedError[] = [];
  let bytes = 0;
  for (const error of errors.slice(0, errorsMax)) {
    const short =
      error.message.length > errorMessageMax ? { ...error, message: truncate(error.message, errorMessageMax) } : error;
    bytes += Buffer.byteLength(JSON.stringify(short));
    if (bytes > errorsBytesMax) return bounded.length > 0 ? bounded : [withoutDetails(short)];
    bounded.push(short);
  }
  return bounded;
}

/** Not between the halves of a character. */
function truncate(message: string, max: number): string {
  return `${message.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function withoutDetails({ message, extensions }: GraphQLFormattedError): GraphQLFormattedError {
  return { message, ...(extensions?.code === undefined ? {} : { extensions: { code: extensions.code } }) };
}
