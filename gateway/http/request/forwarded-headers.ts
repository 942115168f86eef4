/** Request headers → those that are forwarded to subgraphs. Hop-by-hop headers never are. */
import type { IncomingMessage } from 'node:http';
import { PublicError } from '../../model/errors.ts';
import type { ForwardedHeaders } from '../../model/validated-operation.ts';

/** Undefined if there are none. Throws `BAD_USER_INPUT` for two credentials. */
export type ReadForwardedHeaders = (
  request: Pick<IncomingMessage, 'headers' | 'rawHeaders'>,
) => ForwardedHeaders | undefined;

/** `names` in lower case. */
export function createForwardedHeadersReader(names: readonly string[]): ReadForwardedHeaders {
  return ({ headers, rawHeaders }) => {
    let fields: string[] | undefined;
    for (const name of names) {
      const value = headers[name];
      if (value === undefined || isHopByHop(name, headers.connection)) continue;
      // Node keeps the first of several, which need not be the one that the sender meant.
      if (name === 'authorization') assertOnce(name, rawHeaders);
      fields ??= [];
      fields.push(name, typeof value === 'string' ? value : value.join(', '));
    }
    // Values contain no line ends.
    return fields && { rawHeaders: fields, key: fields.join('\n') };
  };
}

/** `connection` may name any header as hop-by-hop (RFC 9110, section 7.6.1). */
function isHopByHop(name: string, connection: string | undefined): boolean {
  if (connection === undefined || connection === 'keep-alive') return false;
  return connection.split(',').some((option) => option.trim().toLowerCase() === name);
}

function assertOnce(name: string, rawHeaders: readonly string[]): void {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) if (rawHeaders[i]!.toLowerCase() === name) count++;
  if (count > 1) throw new PublicError('BAD_USER_INPUT', `The header "${name}" came more than once.`);
}
