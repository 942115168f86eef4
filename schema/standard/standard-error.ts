/** The error of a value that breaks the standard: a reason for programs and a message for people. */

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

/** The message names the value and what was expected. */
export class StandardError extends Error {
  readonly reason: StandardReason;

  constructor(reason: StandardReason, message: string) {
    super(message);
    this.name = 'StandardError';
    this.reason = reason;
  }
}

/** The value as messages show it: quoted, and at most forty characters of it. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  if (value === null) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return Array.isArray(value) ? 'a list' : value === undefined ? 'nothing' : `a value of type ${typeof value}`;
}
