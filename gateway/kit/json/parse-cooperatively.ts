/** Parses JSON as `JSON.parse` does, in slices: the event loop turns between them. */
import { setImmediate as turn } from 'node:timers/promises';
import { decodeUtf8 } from './decode-utf8.ts';
import { skipWhitespace } from './json-scan.ts';

/**
 * `JSON.parse` parses the members of large objects and lists, as many at a time as make a slice of about `sliceBytes`.
 * A value without members, such as a long string, is one slice. Rejects with a `SyntaxError` exactly if `JSON.parse`
 * throws one.
 */
export async function parseCooperatively(
  bytes: Buffer,
  sliceBytes: number,
  parse: (text: string) => unknown = JSON.parse,
): Promise<unknown> {
  const text: ParseState = { bytes, at: 0, sliceBytes, bytesSincePause: 0, parse };
  text.at = skipWhitespace(bytes, 0);
  if (!isOpening(bytes[text.at])) return parse(decodeUtf8(bytes));
  const steps = readContainer(text, LEVELS_MAX);
  for (let step = steps.next(); ; step = steps.next()) {
    if (!step.done) {
      await turn();
      continue;
    }
    if (skipWhitespace(bytes, text.at) < bytes.length) throw malformed(text.at);
    return step.value;
  }
}

interface ParseState {
  readonly bytes: Buffer;
  readonly sliceBytes: number;
  readonly parse: (text: string) => unknown;
  /** The next byte to read. */
  at: number;
  /** Bytes parsed since the last pause. */
  bytesSincePause: number;
}

/** Deeper values are parsed at once, since each level scans a part of a slice a second time. */
const LEVELS_MAX = 40;
/** A member larger than this share of a slice is split. */
const WHOLE_SHARE = 8;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** Braces and brackets differ in this bit alone. */
const BRACE_BIT = 0x20;

/** Reads the object or list that opens at `text.at`, and stops behind it. */
function* readContainer(text: ParseState, levels: number): Generator<undefined, unknown> {
  const { bytes, sliceBytes } = text;
  const members = bytes[text.at] === OPEN_BRACE ? collectFields() : collectItems();
  const first = text.at + 1;
  let runFrom = first;
  let separator = COMMA;
  text.at = first;
  while (separator === COMMA) {
    const from = text.at;
    const soon = Math.min(bytes.length, from + Math.ceil(sliceBytes / WHOLE_SHARE));
    let end = memberEnd(bytes, from, soon);
    const opening = end === soon && levels > 0 ? members.opening(bytes, from) : undefined;
    if (opening) {
      if (from > runFrom) takeRun(text, members, runFrom, from - 1);
      text.at = opening.at;
      members.put(opening.key, yield* readContainer(text, levels - 1));
      end = skipWhitespace(bytes, text.at);
      runFrom = end + 1;
    } else if (end === soon) end = memberEnd(bytes, from, bytes.length);
    separator = separatorAt(bytes, end, members.close);
    const isLast = separator === members.close;
    const isEmpty = isLast && runFrom === first && skipWhitespace(bytes, first) === end;
    if (runFrom <= end && !isEmpty && (isLast || end - runFrom >= sliceBytes)) {
      takeRun(text, members, runFrom, end);
      runFrom = end + 1;
    }
    text.at = end + 1;
    if (text.bytesSincePause >= sliceBytes) {
      text.bytesSincePause = 0;
      yield;
    }
  }
  return members.value;
}

/** The members of one object or list that were read so far. */
interface Members {
  readonly value: unknown;
  readonly close: number;
  /** Puts brackets around a run of members, which makes it JSON text. */
  wrap(run: string): string;
  /** Returns false if the parsed run has no member. */
  putAll(run: unknown): boolean;
  put(key: string, value: unknown): void;
  /** Returns where the value of the member opens, if it is an object or a list. */
  opening(bytes: Buffer, from: number): { readonly at: number; readonly key: string } | undefined;
}

function collectItems(): Members {
  const value: unknown[] = [];
  return {
    value,
    close: CLOSE_BRACKET,
    wrap: (run) => `[${run}]`,
    putAll(run) {
      for (const item of run as unknown[]) value.push(item);
      return (run as unknown[]).length > 0;
    },
    put(_key, item) {
      value.push(item);
    },
    opening(bytes, from) {
      const at = skipWhitespace(bytes, from);
      return isOpening(bytes[at]) ? { at, key: '' } : undefined;
    },
  };
}

function collectFields(): Members {
  const value: Record<string, unknown> = {};
  const put = (key: string, field: unknown): void => {
    // Assigning to this name would set the prototype instead.
    if (key === '__proto__') {
      Object.defineProperty(value, key, { value: field, enumerable: true, configurable: true, writable: true });
    } else value[key] = field;
  };
  return {
    value,
    close: CLOSE_BRACE,
    wrap: (run) => `{${run}}`,
    putAll(run) {
      const keys = Object.keys(run as object);
      for (const key of keys) put(key, (run as Record<string, unknown>)[key]);
      return keys.length > 0;
    },
    put,
    opening(bytes, from) {
      const quote = skipWhitespace(bytes, from);
      if (bytes[quote] !== QUOTE) return undefined;
      const keyEnd = stringEnd(bytes, quote, bytes.length) + 1;
      const colon = skipWhitespace(bytes, keyEnd);
      const at = skipWhitespace(bytes, colon + 1);
      if (bytes[colon] !== COLON || !isOpening(bytes[at])) return undefined;
      return { at, key: JSON.parse(bytes.toString('utf8', quote, keyEnd)) as string };
    },
  };
}

function takeRun(text: ParseState, members: Members, from: number, to: number): void {
  const run: unknown = text.parse(members.wrap(decodeUtf8(text.bytes.subarray(from, to))));
  // Two separators with nothing between them.
  if (!members.putAll(run)) throw malformed(from);
  text.bytesSincePause += to - from;
}

/** Returns the first byte from `from` on that ends a member; `to` if there is none before it. */
function memberEnd(bytes: Buffer, from: number, to: number): number {
  let depth = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) at = stringEnd(bytes, at, to);
    else if (byte === COMMA) {
      if (depth === 0) return at;
    } else if (byte >= OPEN_BRACKET) {
      const brace = byte | BRACE_BIT;
      if (brace === OPEN_BRACE) depth++;
      else if (brace === CLOSE_BRACE) {
        if (depth === 0) return at;
        depth--;
      }
    }
  }
  return to;
}

/** Returns the closing quote of the string that opens at `quote`; `to` if there is none before it. */
function stringEnd(bytes: Buffer, quote: number, to: number): number {
  for (let at = quote + 1; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at++;
  }
  return to;
}

function separatorAt(bytes: Buffer, at: number, close: number): number {
  const byte = bytes[at];
  if (byte !== COMMA && byte !== close) throw malformed(at);
  return byte;
}

function isOpening(byte: number | undefined): boolean {
  return byte !== undefined && (byte === OPEN_BRACE || byte === OPEN_BRACKET);
}

function malformed(at: number): SyntaxError {
  return new SyntaxError(`Unexpected token or end of JSON at byte ${at}`);
}
