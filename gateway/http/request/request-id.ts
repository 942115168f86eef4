/** Request → the id under which the log and the record have it. */
import { randomUUID } from 'node:crypto';
import type { HttpRequest } from '../../pipeline/index.ts';

/** The caller's id is kept if it is harmless in logs and headers. */
export function readRequestId({ headers }: Pick<HttpRequest, 'headers'>, header = 'x-request-id'): string {
  const value = headers[header];
  return typeof value === 'string' && /^[\w.:-]{1,128}$/.test(value) ? value : randomUUID();
}
