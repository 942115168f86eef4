/** File or URL → the schema of a platform, with lines. A URL is a GraphQL endpoint, or the address of a file. */
import { readFile } from 'node:fs/promises';
import { completeSdl } from '@yiwang/schema/sdl';
import { type DocumentNode, parse } from 'graphql';

/** How long the platform may take. */
const ANSWER_MS_MAX = 10_000;
/** Of a schema; the standard's own has a fiftieth of it. */
export const SCHEMA_BYTES_MAX = 5_000_000;

/** Throws an `Error` that says what could not be read. */
export async function readPlatformSchema(source: string, headers: Headers = new Headers()): Promise<DocumentNode> {
  try {
    const sdl = /^https?:\/\//.test(source) ? await readFrom(new URL(source), headers) : await readText(source);
    return completeSdl(parse(sdl));
  } catch (error) {
    throw new Error(`${source} cannot be read as a schema: ${describe(error)}`, { cause: error });
  }
}

async function readText(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  assertSize(Buffer.byteLength(text));
  return text;
}

/** Asks for `_service { sdl }`, as Federation defines it; an address that takes no POST may serve the text itself. */
async function readFrom(url: URL, headers: Headers): Promise<string> {
  const init = { signal: AbortSignal.timeout(ANSWER_MS_MAX), redirect: 'error' } as const;
  const asJson = new Headers([...headers, ['content-type', 'application/json'], ['accept', 'application/json']]);
  const body = JSON.stringify({ query: '{ _service { sdl } }' });
  const response = await fetch(url, { ...init, method: 'POST', headers: asJson, body });
  const takesNoPost = response.status === 404 || response.status === 405 || response.status === 501;
  if (!takesNoPost) return sdlIn(await readBody(response), response.status);
  const file = await fetch(url, { ...init, headers });
  if (!file.ok) throw new Error(`it answers ${file.status} to GET and ${response.status} to POST`);
  return readBody(file);
}

function sdlIn(text: string, status: number): string {
  const answer = parseJson(text);
  const { data, errors } = answer as { data?: { _service?: { sdl?: unknown } }; errors?: { message?: unknown }[] };
  const sdl = data?._service?.sdl;
  if (typeof sdl === 'string') return sdl;
  const reason = errors?.[0]?.message ?? `HTTP ${status} without "data._service.sdl"`;
  throw new Error(`the endpoint gives no SDL: ${String(reason)}`);
}

function parseJson(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    throw new Error('the endpoint does not answer in JSON');
  }
}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    assertSize(bytes);
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function assertSize(bytes: number): void {
  if (bytes > SCHEMA_BYTES_MAX) throw new Error(`it has more than ${SCHEMA_BYTES_MAX} bytes`);
}

function describe(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return `no answer within ${ANSWER_MS_MAX} ms`;
  return cause ? `${message}: ${(cause as Error).message}` : message;
}
