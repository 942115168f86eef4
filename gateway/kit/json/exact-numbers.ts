/**
 * Carries JSON numbers that a double cannot hold, such as 9007199254740993. Each becomes a string with a random prefix
 * that nobody outside can know, and is written as the number again.
 */
import { randomBytes } from 'node:crypto';

const MARK = `\u0000${randomBytes(12).toString('hex')}:`;
const ESCAPED_MARK = JSON.stringify(MARK).slice(1, -1);
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.source;
const MARKED = new RegExp(`"${ESCAPED_MARK.replace('\\', '\\\\')}(${NUMBER})"`, 'g');
const TOKENS = new RegExp(`"(?:[^"\\\\]|\\\\.)*"|${NUMBER}`, 'g');
const WHOLE_NUMBER = new RegExp(`^${NUMBER}$`);
/** A double holds every number with fewer digits and no large exponent. */
const MAY_BE_LONG = /[\d.]{16}|[eE][+-]?\d{3}/;

/** Returns false if a double holds each number of the text. */
export function mayHaveLongNumbers(text: string): boolean {
  return MAY_BE_LONG.test(text);
}

/** Parses as `JSON.parse`, with marked strings for numbers that a double does not hold. */
export function parseExact(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!mayHaveLongNumbers(text)) return value;
  const marked = text.replace(TOKENS, (token) =>
    token[0] === '"' || isExactDouble(token) ? token : `"${ESCAPED_MARK}${token}"`,
  );
  return marked === text ? value : JSON.parse(marked);
}

/** Returns the number of a literal, or a marked string if a double does not hold it. */
export function toExactNumber(digits: string): number | string {
  return isExactDouble(digits) ? Number(digits) : MARK + digits;
}

/** Writes as `JSON.stringify`, with numbers for marked strings. `value` must not be undefined. */
export function stringifyExact(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes(ESCAPED_MARK) ? text.replace(MARKED, '$1') : text;
}

/** Returns the digits of a marked string; undefined for any other value. */
export function readExactDigits(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.charCodeAt(0) !== 0 || !value.startsWith(MARK)) return undefined;
  const digits = value.slice(MARK.length);
  return WHOLE_NUMBER.test(digits) ? digits : undefined;
}

/** Returns true if the nearest double equals the number. */
function isExactDouble(digits: string): boolean {
  if (digits.length < 16 && !/[eE]/.test(digits)) return true;
  const number = Number(digits);
  return Number.isFinite(number) && normalizeDecimal(String(number)) === normalizeDecimal(digits);
}

/** Returns significant digits and exponent: equal texts for equal numbers. */
function normalizeDecimal(digits: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(digits) ?? [];
  const all = whole + fraction;
  const significant = all.replace(/^0+/, '');
  const trimmed = significant.replace(/0+$/, '');
  if (trimmed === '') return '0';
  const power = Number(exponent) - fraction.length + (significant.length - trimmed.length);
  return `${sign}${trimmed}e${power}`;
}
