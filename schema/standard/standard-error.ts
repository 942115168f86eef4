/** The one error of the standard: a value that breaks it, with a reason that programs can tell apart and a plain message. */

/** Why a value is not in the standard. Upper-case words, stable across versions. */
export type StandardReason =
  | 'TYPE'
  | 'LENGTH'
  | 'CHARSET'
  | 'CASE'
  | 'FORMAT'
  | 'DIVISION'
  | 'CATEGORY'
  | 'SEQUENCE'
  | 'CHECK_DIGIT'
  | 'INNER_ORGANIZATION_CODE'
  | 'AREA'
  | 'BIRTH_DATE'
  | 'DATE'
  | 'TIME'
  | 'OFFSET'
  | 'YEAR'
  | 'QUARTER'
  | 'MONTH'
  | 'ORDER'
  | 'RANGE'
  | 'CALENDAR'
  | 'LIMIT'
  | 'TRANSITION'
  | 'EXPRESSION';

/** Thrown where a value breaks the standard. The message says what came and what was expected. */
export class StandardError extends Error {
  readonly reason: StandardReason;

  constructor(reason: StandardReason, message: string) {
    super(message);
    this.name = 'StandardError';
    this.reason = reason;
  }
}

/** A value as a message shows it: short, quoted, and never more than forty characters of it. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  if (value === null) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return Array.isArray(value) ? 'a list' : value === undefined ? 'nothing' : `a value of type ${typeof value}`;
}
