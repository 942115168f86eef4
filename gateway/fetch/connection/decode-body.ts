/** Body and headers of a response → its text in UTF-8, bounded in size after decompression as well. */
import { isUtf8 } from 'node:buffer';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

/** The `Accept-Encoding` header that matches this decoder. */
export const ACCEPT_ENCODING = 'gzip, br, deflate';

/** `Content-Encoding` and character set of a body. */
export interface BodyCoding {
  /** In the order in which the sender applied them. */
  readonly encodings: readonly string[];
  /** Undefined for UTF-8. */
  readonly charset: string | undefined;
}

export type DecodedBody =
  | { readonly kind: 'text'; readonly body: Buffer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Nested encodings; servers usually apply one. */
const ENCODINGS_MAX = 2;
const UTF_8 = /^utf-?8$/i;
const NO_ENCODINGS: readonly string[] = [];

export const IDENTITY_CODING: BodyCoding = { encodings: NO_ENCODINGS, charset: undefined };

type ResponseHeaders = Readonly<Record<string, unknown>>;

export function parseBodyCoding(headers: ResponseHeaders): BodyCoding {
  const encoding = headers['content-encoding'];
  const encodings = encoding === undefined ? NO_ENCODINGS : parseEncodings(String(encoding));
  const type = headers['content-type'];
  if (encoding === undefined && type === 'application/json') return IDENTITY_CODING;
  const charset = typeof type === 'string' ? /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1] : undefined;
  return { encodings, charset: charset === undefined || UTF_8.test(charset) ? undefined : charset };
}

function parseEncodings(encoding: string): readonly string[] {
  const names = encoding.split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && name !== 'identity');
}

/** Calls `onDecoded` once, before it returns if the body is not compressed. The text has at most `bytesMax` bytes. */
export function decodeBody(
  body: Buffer,
  { encodings, charset }: BodyCoding,
  bytesMax: number,
  onDecoded: (decoded: DecodedBody) => void,
): void {
  const outermost = encodings.at(-1);
  if (outermost === undefined) {
    onDecoded(decodeText(body, charset, bytesMax));
    return;
  }
  const decompress = encodings.length <= ENCODINGS_MAX ? DECOMPRESSORS.get(outermost) : undefined;
  if (!decompress) {
    onDecoded({ kind: 'unreadable', reason: 'the answer has a content encoding that was not requested' });
    return;
  }
  decompress(body, { maxOutputLength: bytesMax, chunkSize: CHUNK_BYTES }, (error, decompressed) => {
    if (!error) decodeBody(decompressed, { encodings: encodings.slice(0, -1), charset }, bytesMax, onDecoded);
    else if (errorCodeOf(error) === 'ERR_BUFFER_TOO_LARGE') onDecoded({ kind: 'too-large' });
    else onDecoded({ kind: 'unreadable', reason: 'the answer cannot be decompressed' });
  });
}

const CHUNK_BYTES = 65_536;

type Decompress = (
  body: Buffer,
  options: { readonly maxOutputLength: number; readonly chunkSize: number },
  onDone: (error: Error | null, decompressed: Buffer) => void,
) => void;

/** Some servers send `deflate` without its zlib header (RFC 9110, section 8.4.1.2). */
const inflateAny: Decompress = (body, options, onDone) => {
  const isWrapped = body.length >= 2 && (body[0]! & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0;
  (isWrapped ? inflate : inflateRaw)(body, options, onDone);
};

const DECOMPRESSORS: ReadonlyMap<string, Decompress> = new Map<string, Decompress>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflateAny],
  ['br', brotliDecompress],
]);

function decodeText(body: Buffer, charset: string | undefined, bytesMax: number): DecodedBody {
  if (charset === undefined) {
    if (isUtf8(body)) return { kind: 'text', body: stripByteOrderMark(body) };
    return { kind: 'unreadable', reason: 'the text of the answer is not UTF-8' };
  }
  const text = decodeCharset(body, charset);
  if (text === undefined) return { kind: 'unreadable', reason: 'the answer has an unknown character set' };
  const decoded = Buffer.from(text, 'utf8');
  return decoded.length > bytesMax ? { kind: 'too-large' } : { kind: 'text', body: decoded };
}

function decodeCharset(body: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** Parsers may ignore a byte order mark (RFC 8259, section 8.1). */
function stripByteOrderMark(body: Buffer): Buffer {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;
}

function errorCodeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
