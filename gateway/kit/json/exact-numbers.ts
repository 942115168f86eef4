/**
 * Numbers of JSON that a double does not hold, such as 9007199254740993, on their way through: each is a text with a mark in front, which
 * nobody outside can know, and is written as the number that it was.
 */
import { randomBytes } from 'node:crypto';

const MARK = `\u0000${randomBytes(12).toString('hex')}:`;
const ESCAPED_MARK = JSON.stringify(MARK).slice(1, -1);
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.source;
const MARKED = new RegExp(`"${ESCAPED_MARK.replace('\\', '\\\\')}(${NUMBER})"`, 'g');
const TOKENS = new RegExp(`"(?:[^"\\\\]|\\\\.)*"|${NUMBER}`, 'g');
const WHOLE_NUMBER = new RegExp(`^${NUMBER}$`);
/** A double holds what has fewer digits and no large exponent. */
const MAY_BE_LONG = /[\d.]{16}|[eE][+-]?\d{3}/;

/** False where a double holds each number of the text. */
export function mayHaveLongNumbers(text: string): boolean {
  return MAY_BE_LONG.test(text);
}

/** As `JSON.parse`, with marked texts for numbers that would be others. */
export function parseExact(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!mayHaveLongNumbers(text)) return value;
  const marked = text.replace(TOKENS, (token) =>
    token[0] === '"' || isExactDouble(token) ? token : `"${ESCAPED_MARK}${token}"`,
  );
  return marked === text ? value : JSON.parse(marked);
}

/** The number of a literal: marked where a double does not hold it. */
export function exactNumber(digits: string): number | string {
  return isExactDouble(digits) ? Number(digits) : MARK + digits;
}

/** As `JSON.stringify` of a value that is not undefined, with the numbers of marked texts. */
export function stringifyExact(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes(ESCAPED_MARK) ? text.replace(MARKED, '$1') : text;
}

/** The digits of a marked text; undefined for any other value. */
export function exactDigitsOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.charCodeAt(0) !== 0 || !value.startsWith(MARK)) return undefined;
  const digits = value.slice(MARK.length);
  return WHOLE_NUMBER.test(digits) ? digits : undefined;
}

/** True where the nearest double is the number, written in whatever way. */
function isExactDouble(digits: string): boolean {
  if (digits.length < 16 && !/[eE]/.test(digits)) return true;
  const number = Number(digits);
  return Number.isFinite(number) && normalizeDecimal(String(number)) === normalizeDecimal(digits);
}

/** Equal for equal numbers: digits without zeros at the ends, and where the point is. */
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
