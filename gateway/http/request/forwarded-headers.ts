/** Request headers → those that go on to subgraphs: of who asks, of the trace, and what is named; never of the connection. */
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
      // Node keeps the first of several, and which one its sender meant nobody knows.
      if (name === 'authorization') assertOnce(name, rawHeaders);
      fields ??= [];
      fields.push(name, typeof value === 'string' ? value : value.join(', '));
    }
    // A value has no line ends.
    return fields && { rawHeaders: fields, key: fields.join('\n') };
  };
}

/** A sender may name any header as one that is for the next hop alone (RFC 9110, section 7.6.1). */
function isHopByHop(name: string, connection: string | undefined): boolean {
  if (connection === undefined || connection === 'keep-alive') return false;
  return connection.split(',').some((option) => option.trim().toLowerCase() === name);
}

function assertOnce(name: string, rawHeaders: readonly string[]): void {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) if (rawHeaders[i]!.toLowerCase() === name) count++;
  if (count > 1) throw new PublicError('BAD_USER_INPUT', `The header "${name}" came more than once.`);
}
