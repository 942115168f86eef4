/** Bytes of a file → its text, some lines at a time; wrong encodings are told with the line at which they show. */

/** The encodings that a file may be said to have. */
export const ENCODINGS = ['utf-8', 'gb18030'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** A file that cannot be read on: one line for the user. */
export class UnreadableFileError extends Error {
  constructor(line: number, message: string) {
    super(`Line ${line}: ${message}`);
    this.name = 'UnreadableFileError';
  }
}

/** The longest line and the longest record, in bytes: a quote that is never closed must not fill the memory. */
export const RECORD_BYTES_MAX = 1_048_576;

/** In either encoding the byte ends a line, and is no part of another character. */
const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Whole lines, without a byte order mark. Throws an `UnreadableFileError` for bytes that are not text of the encoding,
 * after the lines before them, and for a line that is too long.
 */
export async function* decode(
  chunks: AsyncIterable<Buffer>,
  encoding: Encoding,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const lines = { decoder, encoding };
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (isFirst) assertNoOtherMark(bytes);
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    rest = bytes.subarray(end);
    if (rest.length > RECORD_BYTES_MAX) {
      throw new UnreadableFileError(line + linesIn(bytes), `the line is longer than ${RECORD_BYTES_MAX} bytes`);
    }
    if (end === 0) continue;
    for (const text of decodeLines(bytes.subarray(0, end), line, lines))
      yield isFirst ? stripByteOrderMark(text) : text;
    isFirst = false;
    line += linesIn(bytes);
  }
  for (const text of decodeLines(rest, line, lines)) yield isFirst ? stripByteOrderMark(text) : text;
}

function assertNoOtherMark(bytes: Buffer): void {
  const mark = bytes.toString('latin1', 0, 2);
  if (mark === '\xff\xfe' || mark === '\xfe\xff') {
    throw new UnreadableFileError(1, 'the file is UTF-16, as its first bytes say; save it as UTF-8');
  }
}

function stripByteOrderMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

interface LineDecoder {
  readonly decoder: InstanceType<typeof TextDecoder>;
  readonly encoding: Encoding;
}

/** All lines at once; if they are wrong, those before the first that is, and then the error. */
function* decodeLines(bytes: Buffer, line: number, { decoder, encoding }: LineDecoder): Generator<string> {
  const text = tryDecode(decoder, bytes);
  if (text !== undefined) {
    yield text;
    return;
  }
  for (let start = 0, at = line; ; at++) {
    const end = bytes.indexOf(LINE_FEED, start) + 1 || bytes.length;
    const one = bytes.subarray(start, end);
    const decoded = tryDecode(decoder, one);
    if (decoded === undefined) throw new UnreadableFileError(at, one.includes(0) ? NO_TEXT : WRONG_ENCODING[encoding]);
    yield decoded;
    start = end;
  }
}

/** Undefined for what is no text of the encoding, and for text with a zero, which nothing here can hold. */
function tryDecode(decoder: InstanceType<typeof TextDecoder>, bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

const NO_TEXT = 'there is a byte of value 0; this is no text file, or it is UTF-16: save it as UTF-8';
const WRONG_ENCODING: Readonly<Record<Encoding, string>> = {
  'utf-8':
    'these bytes are not UTF-8; spreadsheets in Chinese often save GB18030 (GBK): save the file as UTF-8, or say --encoding gb18030',
  gb18030: 'these bytes are not GB18030; without --encoding the file is read as UTF-8',
};

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) lines++;
  return lines;
}
