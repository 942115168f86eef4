/** File or URL → the schema of a platform, with lines. A URL is a GraphQL endpoint, or the address of a file. */
import { readFile } from 'node:fs/promises';
import { DEFAULT_LIMITS } from '@yiwang/gateway/model/limits.ts';
import { NoEndpointError, readBody, readPlatformSdl } from '@yiwang/gateway/schema-checks/index.ts';
import { completeSdl } from '@yiwang/schema/sdl';
import { type DocumentNode, parse } from 'graphql';

/** How long the platform may take. */
const WAIT_MS_MAX = 10_000;
const BYTES_MAX = DEFAULT_LIMITS.schemaBytesMax;

/** Throws an `Error` that says what could not be read. */
export async function readPlatformSchema(source: string, headers: Headers = new Headers()): Promise<DocumentNode> {
  try {
    const sdl = /^https?:\/\//.test(source) ? await readFrom(source, headers) : await readText(source);
    return completeSdl(parse(sdl));
  } catch (error) {
    throw new Error(`${source} cannot be read as a schema: ${describe(error)}`, { cause: error });
  }
}

async function readText(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  if (Buffer.byteLength(text) > BYTES_MAX) throw new Error(`it has more than ${BYTES_MAX} bytes`);
  return text;
}

async function readFrom(url: string, headers: Headers): Promise<string> {
  try {
    return await readPlatformSdl(url, { waitMs: WAIT_MS_MAX, bytesMax: BYTES_MAX }, headers);
  } catch (error) {
    if (!(error instanceof NoEndpointError)) throw error;
    const file = await fetch(url, { headers, signal: AbortSignal.timeout(WAIT_MS_MAX), redirect: 'error' });
    if (!file.ok) throw new Error(`it answers ${file.status} to GET, and ${error.message}`);
    return readBody(file, BYTES_MAX);
  }
}

function describe(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return `no answer within ${WAIT_MS_MAX} ms`;
  return cause ? `${message}: ${(cause as Error).message}` : message;
}
