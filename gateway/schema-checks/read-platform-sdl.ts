/** URL of a GraphQL endpoint → the SDL that it serves, by `_service`, as Federation defines it. */
import { isObject } from '@yiwang/schema';

export interface SdlLimits {
  readonly waitMs: number;
  readonly bytesMax: number;
}

/** Throws an `Error` that says what came instead. Needs no passport: the SDL reaches no row. */
export async function readPlatformSdl(
  url: string | URL,
  { waitMs, bytesMax }: SdlLimits,
  headers: Iterable<readonly [string, string]> = [],
): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: [...headers, ['content-type', 'application/json'], ['accept', 'application/json']] as [string, string][],
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
    signal: AbortSignal.timeout(waitMs),
    redirect: 'error',
  });
  if (NO_POST.has(response.status)) {
    await response.body?.cancel();
    throw new NoEndpointError(`it answers ${response.status} to POST`);
  }
  return sdlIn(await readBody(response, bytesMax), response.status);
}

/** The address takes no POST, so it is no GraphQL endpoint; a file may lie there. */
export class NoEndpointError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NoEndpointError';
  }
}

const NO_POST: ReadonlySet<number> = new Set([404, 405, 501]);

/** What was read is longer than the caller takes. */
export class TooLongError extends Error {
  constructor(bytesMax: number) {
    super(`it has more than ${bytesMax} bytes`);
    this.name = 'TooLongError';
  }
}

/** Throws a `TooLongError` for a body with more bytes. */
export async function readBody(response: Response, bytesMax: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > bytesMax) throw new TooLongError(bytesMax);
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sdlIn(text: string, status: number): string {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new Error('the endpoint does not answer in JSON');
  }
  const { data, errors } = isObject(answer) ? answer : {};
  const service = isObject(data) ? data._service : undefined;
  if (isObject(service) && typeof service.sdl === 'string') return service.sdl;
  const [error] = Array.isArray(errors) ? errors : [];
  const reason = isObject(error) ? String(error.message) : `HTTP ${status} without "data._service.sdl"`;
  throw new Error(`the endpoint gives no SDL: ${reason}`);
}
