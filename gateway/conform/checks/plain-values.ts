/**
 * Tests that accept values which plainly keep a rule, without an object or an exception for each. What they do not
 * accept may be right all the same: the rule itself decides.
 */
import { boxOf, type DivisionBox } from '@yiwang/schema/rules';

const ZERO = 48;
const DASH = 45;
const DAY_LENGTH = 10;
const INSTANT_LENGTH = 25;
/** By month. What February has in a leap year is left to the rule. */
const DAYS = new Int8Array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);

/** No value, which comes neither before nor after another. */
export const NO_INSTANT = -1;

/**
 * The seconds of `2026-11-21T08:00:00+08:00`, or of a day in the zone +08:00, in a count of its own that ascends with
 * time. `NO_INSTANT` for null; NaN for what has another form.
 */
export function instantKey(value: unknown): number {
  if (value === null || value === undefined) return NO_INSTANT;
  if (typeof value !== 'string') return Number.NaN;
  const { length } = value;
  if (length !== INSTANT_LENGTH && length !== DAY_LENGTH) return Number.NaN;
  const century = twoDigits(value, 0);
  const year = twoDigits(value, 2);
  const month = twoDigits(value, 5);
  const day = twoDigits(value, 8);
  const signs = (value.charCodeAt(4) ^ DASH) | (value.charCodeAt(7) ^ DASH);
  if ((century | year | (month - 1) | (12 - month) | (day - 1)) < 0 || signs !== 0) return Number.NaN;
  if (day > DAYS[month]!) return Number.NaN;
  const days = ((century * 100 + year) * 12 + month) * 31 + day;
  if (length === DAY_LENGTH) return days * 86_400;
  const hours = twoDigits(value, 11);
  const minutes = twoDigits(value, 14);
  const seconds = twoDigits(value, 17);
  // A negative number anywhere makes the whole negative.
  const isTime = (hours | (23 - hours) | minutes | (59 - minutes) | seconds | (59 - seconds)) >= 0;
  return isTime && hasSigns(value) ? days * 86_400 + ((hours * 60 + minutes) * 60 + seconds) : Number.NaN;
}

/** `T`, two colons and `+08:00` in their places. */
function hasSigns(text: string): boolean {
  const differences =
    (text.charCodeAt(10) ^ 0x54) |
    (text.charCodeAt(13) ^ 0x3a) |
    (text.charCodeAt(16) ^ 0x3a) |
    (text.charCodeAt(19) ^ 0x2b) |
    (text.charCodeAt(20) ^ 0x30) |
    (text.charCodeAt(21) ^ 0x38) |
    (text.charCodeAt(22) ^ 0x3a) |
    (text.charCodeAt(23) ^ 0x30) |
    (text.charCodeAt(24) ^ 0x30);
  return differences === 0;
}

/** Negative unless both are digits. Integers alone: this runs for every instant of every row. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : tens * 10 + ones;
}

/** True if the text begins with ASCII or with a character of East Asia that is not blank: U+3000 and others are. */
export function isPlainlyFilled(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first > 0x20 && first < 0x7f) || (first > 0x3000 && first < 0xfe00);
}

/** True if both lie in this order, or one has no value. */
export function isInOrder(earlier: number, later: number): boolean {
  return earlier <= later || earlier === NO_INSTANT || later === NO_INSTANT;
}

/** The same, and they are not equal. */
export function isInStrictOrder(earlier: number, later: number): boolean {
  return earlier < later || earlier === NO_INSTANT || later === NO_INSTANT;
}

/** True if both begin with the digits of the same division: they lie within each other. */
export function isSamePlace(a: unknown, b: unknown): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  for (let i = 0; i < 12; i++) {
    const digit = a.charCodeAt(i) - ZERO;
    if (!(digit >= 0 && digit <= 9)) {
      const other = b.charCodeAt(i) - ZERO;
      return i >= 6 && !(other >= 0 && other <= 9);
    }
    if (b.charCodeAt(i) - ZERO !== digit) return false;
  }
  return true;
}

/** Boxes that were looked up, by division. */
const BOXES_MAX = 4_096;

/** Accepts points in the box of their division; a coordinate without a value is in each. */
export function createBoxTest(): (longitude: unknown, latitude: unknown, division: unknown) => boolean {
  const boxes = new Map<string, DivisionBox>();
  return (longitude, latitude, division) => {
    if (typeof division !== 'string') return false;
    let box = boxes.get(division);
    if (!box) {
      box = boxOf(division);
      if (boxes.size === BOXES_MAX) boxes.clear();
      boxes.set(division, box);
    }
    return isBetween(longitude, box[0], box[2]) && isBetween(latitude, box[1], box[3]);
  };
}

function isBetween(degrees: unknown, min: number, max: number): boolean {
  return typeof degrees === 'number' ? degrees >= min && degrees <= max : degrees === null || degrees === undefined;
}

/** Formats of codes that differ from row to row, behind digits that recur: a division, or a county and a class. */
const HEAD_DIGITS = { CaseId: 12, GridCode: 12, ComponentCode: 10 } as const;
const CODE_LENGTHS = { GridCode: 15, ComponentCode: 16 } as const;
type RecurringFormat = keyof typeof HEAD_DIGITS;

export function isKnownFormat(format: string | null): format is RecurringFormat {
  return format !== null && Object.hasOwn(HEAD_DIGITS, format);
}

/** A power of two. */
const PLACES = 4_096;

/**
 * Accepts codes that begin with digits that the rule accepted before, and plainly have the form of one. The digits lie in
 * a table of fixed size: what takes a place pushes out what was there.
 */
export function createKnownCodes(
  format: RecurringFormat,
  isValid: (value: unknown) => boolean,
): (value: unknown) => boolean {
  const heads = new Int32Array(PLACES);
  const tails = new Int32Array(PLACES);
  const digitsMax = HEAD_DIGITS[format];
  return (value) => {
    if (value === null || value === undefined) return true;
    if (typeof value !== 'string') return false;
    const digits = format === 'CaseId' ? idDigits(value) : codeDigits(value, CODE_LENGTHS[format], digitsMax);
    if (digits === 0) return false;
    const head = digitsOf(value, 0, digits < 9 ? digits : 9);
    // The count keeps 110102 apart from 110102000.
    const tail = digitsOf(value, 9, digits) * 16 + digits;
    const place = (head ^ (head >>> 11) ^ (tail << 3)) & (PLACES - 1);
    if (heads[place] === head && tails[place] === tail) return true;
    if (!isValid(value)) return false;
    heads[place] = head;
    tails[place] = tail;
    return true;
  };
}

/** How many digits an id of one capital and a number begins with; 0 for other forms. */
function idDigits(id: string): number {
  const digits = id.charCodeAt(6) === DASH ? 6 : id.charCodeAt(9) === DASH ? 9 : id.charCodeAt(12) === DASH ? 12 : 0;
  const { length } = id;
  if (digits === 0 || length < digits + 4 || id.charCodeAt(digits + 2) !== DASH) return 0;
  const kind = id.charCodeAt(digits + 1);
  return kind >= 65 && kind <= 90 && isDigits(id, 0, digits) && isDigits(id, digits + 3, length) ? digits : 0;
}

/** How many digits recur in a code of digits whose others are not all 0; 0 for other forms. */
function codeDigits(code: string, length: number, digits: number): number {
  return code.length === length && isDigits(code, 0, length) && digitsOf(code, digits, length) > 0 ? digits : 0;
}

function isDigits(text: string, from: number, to: number): boolean {
  let signs = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    signs |= digit | (9 - digit);
  }
  return signs >= 0;
}

/** At most nine digits. */
function digitsOf(text: string, from: number, to: number): number {
  let number = 0;
  for (let i = from; i < to; i++) number = (number * 10 + text.charCodeAt(i) - ZERO) | 0;
  return number;
}

/** Instants before and after all that rows have. */
const EVER = ['1000-01-01T00:00:00+08:00', '9999-12-31T00:00:00+08:00'];

/** Accepts divisions that were in force on any day. `isValid`: the rule itself, for a day. */
export function createTimelessDivisions(
  isValid: (division: unknown, day: string) => boolean,
): (division: unknown) => boolean {
  const timeless = new KnownValues();
  return (division) => {
    if (division === null || division === undefined || timeless.has(division)) return true;
    if (!EVER.every((day) => isValid(division, day))) return false;
    timeless.add(division);
    return true;
  };
}

const VALUES_MAX = 4_096;

/** Values that recur, such as classes and departments: what the rules accepted once is accepted at once. */
export class KnownValues {
  readonly #values = new Set<unknown>();

  has(value: unknown): boolean {
    return this.#values.has(value);
  }

  add(value: unknown): void {
    if (this.#values.size === VALUES_MAX) this.#values.clear();
    this.#values.add(value);
  }
}
