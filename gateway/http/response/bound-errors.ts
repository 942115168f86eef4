/** Formatted errors → as many of them, and as long, as a response may hold. */
import type { GraphQLFormattedError } from 'graphql';
import type { Limits } from '../../model/limits.ts';

export type ErrorLimits = Pick<Limits, 'errorsMax' | 'errorsBytesMax' | 'errorMessageMax'>;

/** Drops errors beyond the limits. The first error always stays, if need be with its message and code alone. */
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

/** Never splits a surrogate pair. */
function truncate(message: string, max: number): string {
  return `${message.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function withoutDetails({ message, extensions }: GraphQLFormattedError): GraphQLFormattedError {
  return { message, ...(extensions?.code === undefined ? {} : { extensions: { code: extensions.code } }) };
}
