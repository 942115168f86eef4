/** Writes JSON text as UTF-8 into one growing buffer, without intermediate strings. */
import { NEEDS_ESCAPE } from './quote-json.ts';

export interface JsonWriter {
  bytes: Buffer;
  /** Bytes written so far; setting it back removes what was written behind it. */
  at: number;
}

const FIRST_BYTES = 65_536;
/** Longer strings are written by native code, which costs more per call and less per character. */
const LONG_TEXT = 128;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export function createJsonWriter(): JsonWriter {
  return { bytes: Buffer.allocUnsafeSlow(FIRST_BYTES), at: 0 };
}

/** Returns a copy of the bytes written. */
export function copyBytes({ bytes, at }: JsonWriter): Buffer {
  const copy = Buffer.allocUnsafeSlow(at);
  bytes.copy(copy, 0, 0, at);
  return copy;
}

/** Appends bytes that are JSON text already. */
export function writeBytes(writer: JsonWriter, text: Uint8Array): void {
  const { length } = text;
  if (writer.at + length > writer.bytes.length) grow(writer, length);
  const { bytes, at } = writer;
  for (let i = 0; i < length; i++) bytes[at + i] = text[i]!;
  writer.at = at + length;
}

/** Appends JSON text. */
export function writeText(writer: JsonWriter, text: string): void {
  if (writer.at + 3 * text.length > writer.bytes.length) grow(writer, 3 * text.length);
  writer.at += writer.bytes.write(text, writer.at, 'utf8');
}

/** Appends a string as `JSON.stringify` writes it. */
export function writeString(writer: JsonWriter, value: string): void {
  const { length } = value;
  if (length > LONG_TEXT) {
    writeLongString(writer, value);
    return;
  }
  if (writer.at + 3 * length + 2 > writer.bytes.length) grow(writer, 3 * length + 2);
  const { bytes } = writer;
  let { at } = writer;
  bytes[at++] = QUOTE;
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code < 0x80) {
      if (code < 0x20 || code === QUOTE || code === BACKSLASH) {
        writeText(writer, JSON.stringify(value));
        return;
      }
      bytes[at++] = code;
    } else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
      bytes[at++] = 0x80 | (code & 0x3f);
    } else {
      // Halves of a surrogate pair.
      if (code >= 0xd800 && code <= 0xdfff) {
        writeText(writer, JSON.stringify(value));
        return;
      }
      bytes[at++] = 0xe0 | (code >> 12);
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[at++] = 0x80 | (code & 0x3f);
    }
  }
  bytes[at++] = QUOTE;
  writer.at = at;
}

function writeLongString(writer: JsonWriter, value: string): void {
  if (NEEDS_ESCAPE.test(value)) {
    writeText(writer, JSON.stringify(value));
    return;
  }
  if (writer.at + 3 * value.length + 2 > writer.bytes.length) grow(writer, 3 * value.length + 2);
  const { bytes } = writer;
  bytes[writer.at++] = QUOTE;
  writer.at += bytes.write(value, writer.at, 'utf8');
  bytes[writer.at++] = QUOTE;
}

/** Appends ASCII text without quotes, such as a number. */
export function writeAscii(writer: JsonWriter, text: string): void {
  const { length } = text;
  if (writer.at + length > writer.bytes.length) grow(writer, length);
  const { bytes, at } = writer;
  for (let i = 0; i < length; i++) bytes[at + i] = text.charCodeAt(i);
  writer.at = at + length;
}

function grow(writer: JsonWriter, by: number): void {
  const grown = Buffer.allocUnsafeSlow(Math.max(2 * writer.bytes.length, writer.at + by));
  writer.bytes.copy(grown, 0, 0, writer.at);
  writer.bytes = grown;
}
