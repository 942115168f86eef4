/** JSON text written as UTF-8 into one growing place: no text is put together from parts, so that none is left behind. */
import { ESCAPED } from './json-text.ts';

export interface JsonSink {
  bytes: Buffer;
  /** How many of the bytes are written; what is behind may be taken back by setting it. */
  at: number;
}

const FIRST_BYTES = 65_536;
/** Longer texts are written by native code, which has a cost of its own for each. */
const LONG_TEXT = 128;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export function createSink(): JsonSink {
  return { bytes: Buffer.allocUnsafeSlow(FIRST_BYTES), at: 0 };
}

/** A copy of what is written. */
export function bytesOf({ bytes, at }: JsonSink): Buffer {
  const copy = Buffer.allocUnsafeSlow(at);
  bytes.copy(copy, 0, 0, at);
  return copy;
}

/** Writes bytes that are JSON text already. */
export function writeBytes(sink: JsonSink, text: Uint8Array): void {
  const { length } = text;
  if (sink.at + length > sink.bytes.length) grow(sink, length);
  const { bytes, at } = sink;
  for (let i = 0; i < length; i++) bytes[at + i] = text[i]!;
  sink.at = at + length;
}

/** Writes JSON text of any characters. */
export function writeText(sink: JsonSink, text: string): void {
  if (sink.at + 3 * text.length > sink.bytes.length) grow(sink, 3 * text.length);
  sink.at += sink.bytes.write(text, sink.at, 'utf8');
}

/** Writes the JSON text of a string, as `JSON.stringify` would. */
export function writeString(sink: JsonSink, value: string): void {
  const { length } = value;
  if (length > LONG_TEXT) {
    writeLong(sink, value);
    return;
  }
  if (sink.at + 3 * length + 2 > sink.bytes.length) grow(sink, 3 * length + 2);
  const { bytes } = sink;
  let { at } = sink;
  bytes[at++] = QUOTE;
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code < 0x80) {
      if (code < 0x20 || code === QUOTE || code === BACKSLASH) {
        writeText(sink, JSON.stringify(value));
        return;
      }
      bytes[at++] = code;
    } else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
      bytes[at++] = 0x80 | (code & 0x3f);
    } else {
      // Halves of a pair.
      if (code >= 0xd800 && code <= 0xdfff) {
        writeText(sink, JSON.stringify(value));
        return;
      }
      bytes[at++] = 0xe0 | (code >> 12);
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[at++] = 0x80 | (code & 0x3f);
    }
  }
  bytes[at++] = QUOTE;
  sink.at = at;
}

function writeLong(sink: JsonSink, value: string): void {
  if (ESCAPED.test(value)) {
    writeText(sink, JSON.stringify(value));
    return;
  }
  if (sink.at + 3 * value.length + 2 > sink.bytes.length) grow(sink, 3 * value.length + 2);
  const { bytes } = sink;
  bytes[sink.at++] = QUOTE;
  sink.at += bytes.write(value, sink.at, 'utf8');
  bytes[sink.at++] = QUOTE;
}

/** Writes characters of ASCII that need no quotes, such as numbers. */
export function writeAscii(sink: JsonSink, text: string): void {
  const { length } = text;
  if (sink.at + length > sink.bytes.length) grow(sink, length);
  const { bytes, at } = sink;
  for (let i = 0; i < length; i++) bytes[at + i] = text.charCodeAt(i);
  sink.at = at + length;
}

function grow(sink: JsonSink, by: number): void {
  const grown = Buffer.allocUnsafeSlow(Math.max(2 * sink.bytes.length, sink.at + by));
  sink.bytes.copy(grown, 0, 0, sink.at);
  sink.bytes = grown;
}
