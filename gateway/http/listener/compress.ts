/**
 * Compresses responses with br or gzip, by what the client accepts, by type and by size. zlib works off the event loop.
 * A large text is compressed while it is sent; a multipart response is flushed after each part.
 */
import { pipeline, Readable } from 'node:stream';
import {
  type BrotliOptions,
  brotliCompress,
  constants,
  createBrotliCompress,
  createGzip,
  gzip,
  type ZlibOptions,
} from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addVary } from './cors.ts';

export interface CompressOptions {
  /** Smaller responses are not compressed. */
  readonly bytesMin: number;
}

type Encoding = 'br' | 'gzip';

const COMPRESSIBLE =
  /^(text\/(html|css|plain|javascript)|application\/(json|[\w.-]+\+json|javascript)|image\/svg\+xml|multipart\/mixed)\b/;
/** Texts of this size are compressed while they are sent, so that memory holds them once. */
const STREAMED_BYTES = 1_048_576;
const CHUNK_BYTES = 65_536;
/** About as fast as gzip, and smaller. The default of 11 is meant for static files. */
const BROTLI_QUALITY = 4;
const GZIP_LEVEL = 6;

/** The preferred encoding, br if both are equal; undefined if the client accepts neither. */
export function encodingFor(accept: string | undefined): Encoding | undefined {
  if (accept === undefined) return undefined;
  const qualities = new Map<string, number>();
  for (const entry of accept.toLowerCase().split(',')) {
    const [name = '', ...parameters] = entry.split(';').map((text) => text.trim());
    const qualityText = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const quality = qualityText === undefined ? 1 : Number(qualityText);
    qualities.set(name, quality >= 0 && quality <= 1 ? quality : 0);
  }
  const qualityOf = (name: string): number => qualities.get(name) ?? qualities.get('*') ?? 0;
  const [br, gz] = [qualityOf('br'), Math.max(qualityOf('gzip'), qualities.get('x-gzip') ?? 0)];
  if (br === 0 && gz === 0) return undefined;
  return br >= gz ? 'br' : 'gzip';
}

/** For the hook `onSend`; `done` gets the payload to send. */
export function compressAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  { bytesMin }: CompressOptions,
  done: Done,
): void {
  // A response without `accept-encoding` suits every client, so that `vary` is set only if the client names encodings.
  const accept = request.headers['accept-encoding'];
  const body = accept !== undefined && isCompressible(reply, payload, bytesMin) ? payload : undefined;
  if (body === undefined) {
    done(null, payload);
    return;
  }
  addVary(reply, 'accept-encoding');
  const encoding = encodingFor(accept);
  if (!encoding || request.method === 'HEAD' || reply.hasHeader('content-encoding')) {
    done(null, payload);
    return;
  }
  void reply.header('content-encoding', encoding);
  void reply.removeHeader('content-length');
  if (body instanceof Readable) {
    done(null, compressStream(body, encoding, true));
    return;
  }
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  if (bytes.length >= STREAMED_BYTES) done(null, compressStream(Readable.from(chunksOf(bytes)), encoding, false));
  else if (encoding === 'br') brotliCompress(bytes, brotliOptions(bytes.length), done);
  else gzip(bytes, { level: GZIP_LEVEL }, done);
}

type Done = (error: Error | null, payload?: unknown) => void;

function isCompressible(reply: FastifyReply, body: unknown, bytesMin: number): body is string | Buffer | Readable {
  const type = reply.getHeader('content-type');
  if (typeof type !== 'string' || !COMPRESSIBLE.test(type)) return false;
  if (typeof body === 'string') return Buffer.byteLength(body) >= bytesMin;
  return Buffer.isBuffer(body) ? body.length >= bytesMin : body instanceof Readable;
}

/** `flushes`: each chunk goes out at once. */
function compressStream(source: Readable, encoding: Encoding, flushes: boolean): Readable {
  const zlib = encoding === 'br' ? createBrotliCompress(brotliFlush(flushes)) : createGzip(gzipFlush(flushes));
  // Either stream ends the other. The reply sees an error on the stream that it sends.
  pipeline(source, zlib, () => undefined);
  return zlib;
}

function brotliFlush(flushes: boolean): BrotliOptions {
  return { ...brotliOptions(undefined), ...(flushes ? { flush: constants.BROTLI_OPERATION_FLUSH } : {}) };
}

function gzipFlush(flushes: boolean): ZlibOptions {
  return { level: GZIP_LEVEL, ...(flushes ? { flush: constants.Z_SYNC_FLUSH } : {}) };
}

function brotliOptions(bytes: number | undefined): BrotliOptions {
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      ...(bytes === undefined ? {} : { [constants.BROTLI_PARAM_SIZE_HINT]: bytes }),
    },
  };
}

function* chunksOf(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) yield bytes.subarray(from, from + CHUNK_BYTES);
}
