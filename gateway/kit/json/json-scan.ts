/** Finds the end of a JSON text in UTF-8 bytes by the grammar of RFC 8259, without building its value. */

/** The position has no such text. */
export const NO_MATCH = -1;

const QUOTE = 0x22;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const BACKSLASH = 0x5c;
const CAPITAL_E = 0x45;
const SMALL_E = 0x65;
const SMALL_U = 0x75;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Deeper nesting does not match: it is left to a parser. */
const LEVELS_MAX = 100;

export function skipWhitespace(bytes: Uint8Array, from: number): number {
  let at = from;
  for (; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte > 0x20 || !(byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)) return at;
  }
  return at;
}

/** Returns the end of `text`, if the bytes at `at` are its bytes. */
export function literalEnd(bytes: Uint8Array, at: number, text: Uint8Array): number {
  const { length } = text;
  if (at + length > bytes.length) return NO_MATCH;
  for (let i = 0; i < length; i++) if (bytes[at + i] !== text[i]) return NO_MATCH;
  return at + length;
}

export function stringEnd(bytes: Uint8Array, from: number): number {
  const { length } = bytes;
  if (from >= length || bytes[from] !== QUOTE) return NO_MATCH;
  for (let at = from + 1; at < length; at++) {
    const byte = bytes[at]!;
    if (IS_PLAIN[byte] === 1) continue;
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) return NO_MATCH;
    at = escapeEnd(bytes, at) - 1;
    if (at < from) return NO_MATCH;
  }
  return NO_MATCH;
}

/** 1 for bytes that need no escape in a string. */
const IS_PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH ? 0 : 1,
);

function escapeEnd(bytes: Uint8Array, backslash: number): number {
  const escaped = bytes[backslash + 1];
  if (escaped !== SMALL_U) return escaped !== undefined && ESCAPES.includes(escaped) ? backslash + 2 : NO_MATCH;
  for (let at = backslash + 2; at < backslash + 6; at++) if (!isHex(bytes[at])) return NO_MATCH;
  return backslash + 6;
}

const ESCAPES = Buffer.from('"\\/bfnrt');

function isHex(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const letter = byte | 0x20;
  return (byte >= ZERO && byte <= NINE) || (letter >= 0x61 && letter <= 0x66);
}

/** Matches the integer part of a number; fraction and exponent may follow. */
export function integerEnd(bytes: Uint8Array, from: number): number {
  const first = bytes[from] === MINUS ? from + 1 : from;
  if (bytes[first] === ZERO) return first + 1;
  const end = digitsEnd(bytes, first);
  return end === first ? NO_MATCH : end;
}

export function numberEnd(bytes: Uint8Array, from: number): number {
  let at = integerEnd(bytes, from);
  if (at === NO_MATCH) return NO_MATCH;
  if (bytes[at] === POINT) {
    const end = digitsEnd(bytes, at + 1);
    if (end === at + 1) return NO_MATCH;
    at = end;
  }
  if (bytes[at] !== SMALL_E && bytes[at] !== CAPITAL_E) return at;
  const sign = bytes[at + 1];
  const digits = sign === MINUS || sign === 0x2b ? at + 2 : at + 1;
  const end = digitsEnd(bytes, digits);
  return end === digits ? NO_MATCH : end;
}

function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at]! >= ZERO && bytes[at]! <= NINE) at++;
  return at;
}

const [TRUE, FALSE, NULL] = ['true', 'false', 'null'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];

export function nullEnd(bytes: Uint8Array, at: number): number {
  return bytes[at] === NULL[0] ? literalEnd(bytes, at, NULL) : NO_MATCH;
}

export function booleanEnd(bytes: Uint8Array, at: number): number {
  return literalEnd(bytes, at, bytes[at] === TRUE[0] ? TRUE : FALSE);
}

/** Matches any value. */
export function valueEnd(bytes: Uint8Array, at: number, levels = LEVELS_MAX): number {
  switch (bytes[at]) {
    case QUOTE:
      return stringEnd(bytes, at);
    case OPEN_BRACE:
      return levels === 0 ? NO_MATCH : membersEnd(bytes, at, CLOSE_BRACE, levels - 1);
    case OPEN_BRACKET:
      return levels === 0 ? NO_MATCH : membersEnd(bytes, at, CLOSE_BRACKET, levels - 1);
    case NULL[0]:
      return nullEnd(bytes, at);
    case TRUE[0]:
    case FALSE[0]:
      return booleanEnd(bytes, at);
    default:
      return numberEnd(bytes, at);
  }
}

function membersEnd(bytes: Uint8Array, from: number, close: number, levels: number): number {
  let at = skipWhitespace(bytes, from + 1);
  if (bytes[at] === close) return at + 1;
  for (;;) {
    if (close === CLOSE_BRACE) {
      const key = stringEnd(bytes, at);
      if (key === NO_MATCH) return NO_MATCH;
      at = skipWhitespace(bytes, key);
      if (bytes[at] !== COLON) return NO_MATCH;
      at = skipWhitespace(bytes, at + 1);
    }
    const end = valueEnd(bytes, at, levels);
    if (end === NO_MATCH) return NO_MATCH;
    at = skipWhitespace(bytes, end);
    if (bytes[at] === close) return at + 1;
    if (bytes[at] !== COMMA) return NO_MATCH;
    at = skipWhitespace(bytes, at + 1);
  }
}
