/** An error → the response that refuses a request, in the media type that the client takes. */
import { codeOf } from '../../model/error-code.ts';
import { PublicError } from '../../model/errors.ts';
import type { HttpResponse } from '../../pipeline/index.ts';
import { formatError } from './format-error.ts';
import { mediaTypeFor } from './media-type.ts';
import { statusOf } from './status.ts';

export function toRefusal(error: unknown, accept: string | undefined, wellFormed = true): HttpResponse {
  const mediaType = mediaTypeFor(accept) ?? 'application/json';
  const code = codeOf(error);
  const formatted = formatError(error instanceof PublicError ? error.toJSON() : { message: '' }, error);
  const headers = new Map([['content-type', `${mediaType}; charset=utf-8`]]);
  if (code === 'UNAUTHENTICATED') headers.set('www-authenticate', 'Bearer, ApiKey');
  if (code === 'OVERLOADED') headers.set('retry-after', '1');
  if (error instanceof PublicError && code === 'QUOTA_EXCEEDED') {
    headers.set('retry-after', String(error.extensions.retryAfterSeconds ?? 1));
    // Each guess at a credential costs a connection.
    headers.set('connection', 'close');
  }
  const graphqlMediaType = mediaType === 'application/graphql-response+json';
  return {
    status: statusOf({ hasData: false, codes: [code], graphqlMediaType, wellFormed }),
    headers,
    body: `${JSON.stringify({ errors: [formatted] })}\n`,
  };
}
