/** A scalar of the standard: it parses untrusted values into branded ones, and checks values on the way out. */
import { describeValue, StandardError, type StandardReason } from '../standard/standard-error.ts';

/** A checked value; only `parse` brands values. */
declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

export interface StandardScalar<T = unknown> {
  readonly name: string;
  /** Form, unit and source standard, as the schema shows it. */
  readonly description: string;
  /** Untrusted → canonical. Throws a `StandardError`. */
  parse(value: unknown): T;
  /** A platform's value → the client's. Checks the form only. Throws a `StandardError`. */
  serialize(value: unknown): unknown;
}

/** The value as text. Throws a `StandardError` with TYPE. */
export function expectText(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw new StandardError('TYPE', `${describeValue(value)} is not ${what}: text in quotes was expected`);
}

/** The value as text of this form. Throws a `StandardError` with TYPE or FORMAT. */
export function expectPattern(value: unknown, form: RegExp, what: string): string {
  const text = expectText(value, what);
  if (!form.test(text)) throw createBreach('FORMAT', text, what, 'it does not have the form of one');
  return text;
}

/** Throws a `StandardError` with LENGTH, CASE or CHARSET unless the text has this many of these characters. */
export function assertCharacters(
  text: string,
  rule: { what: string; length: number; charset: RegExp; expected: string },
): void {
  const { what, length, charset, expected } = rule;
  if (text.length !== length) {
    throw createBreach('LENGTH', text, what, `it has ${text.length} characters, ${length} were expected`);
  }
  if (charset.test(text)) return;
  if (charset.test(text.toUpperCase())) throw createBreach('CASE', text, what, 'its letters must be upper case');
  throw createBreach('CHARSET', text, what, `${expected} were expected`);
}

export function createBreach(reason: StandardReason, value: unknown, what: string, because: string): StandardError {
  return new StandardError(reason, `${describeValue(value)} is not ${what}: ${because}`);
}
