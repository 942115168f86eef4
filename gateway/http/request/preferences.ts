/** Request headers → preferences of the client for the response. */
import { DEADLINE_HEADER } from '@yiwang/schema';
import { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';

export interface Preferences {
  /** The share of platforms that must answer. */
  readonly completeness: number;
  readonly explainCoverage: boolean;
  readonly deadlineMs: number;
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Throws `BAD_USER_INPUT`, which names the header, its value and the expected values. */
export function readPreferences(headers: Headers, limits: Limits): Preferences {
  return {
    completeness: readCompleteness(headers['x-yiwang-completeness']),
    explainCoverage: readExplain(headers['x-yiwang-explain']),
    deadlineMs: readDeadline(headers[DEADLINE_HEADER], limits.operationDeadlineMs),
  };
}

function readCompleteness(value: Headers[string]): number {
  if (value === undefined || value === 'partial') return 0;
  if (value === 'complete') return 1;
  if (typeof value === 'string' && /^(0(\.\d{1,6})?|1(\.0{1,6})?)$/.test(value)) return Number(value);
  throw unexpected(
    'x-yiwang-completeness',
    value,
    '"partial", "complete" or a share of platforms from 0 to 1, such as 0.9',
  );
}

function readExplain(value: Headers[string]): boolean {
  if (value === undefined) return false;
  if (value === 'coverage') return true;
  throw unexpected('x-yiwang-explain', value, '"coverage"');
}

/** An upstream gateway says how much time is left: it can shorten the time, and never lengthen it. */
export function readDeadline(value: Headers[string], limitMs: number): number {
  if (value === undefined) return limitMs;
  if (typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value)) return Math.min(Number(value), limitMs);
  throw unexpected(DEADLINE_HEADER, value, 'milliseconds, a whole number above 0');
}

function unexpected(name: string, value: unknown, expected: string): PublicError {
  const shown = JSON.stringify(value).slice(0, 60);
  return new PublicError('BAD_USER_INPUT', `The header "${name}" is ${shown}; expected ${expected}.`);
}
