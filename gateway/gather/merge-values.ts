/**
 * Merges of single values. Each is associative and commutative, so that no partition of the platforms changes the
 * result.
 */
import { isObject } from '@yiwang/schema';

export type ScalarValue = string | number | boolean | null;

/** A contribution does not have the shape of the standard. The message says what was expected, and never the value. */
export class NonconformingError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NonconformingError';
  }
}

/** Skips nulls; returns null if all values are null. */
export function sum(values: readonly unknown[]): number | null {
  const numbers = values.filter((value) => value !== null && value !== undefined).map(expectNumber);
  return numbers.length === 0 ? null : numbers.reduce((a, b) => a + b);
}

/** Returns the sum, rounded to the nearest multiple of `roundTo`. */
export function roundedSum(values: readonly unknown[], roundTo = 1): number | null {
  const exact = sum(values);
  return exact === null || roundTo === 1 ? exact : Math.round(exact / roundTo) * roundTo;
}

/** What sums of so many parts of one are rounded to, so that they tell no more than those of whole ones. */
export function roundingOf(roundTo: number, unit: number): number {
  return roundTo === 1 ? 1 : roundTo * unit;
}

export function minimum(values: readonly unknown[]): ScalarValue {
  return reduceScalars(values, (a, b) => (compareScalars(a, b) <= 0 ? a : b));
}

export function maximum(values: readonly unknown[]): ScalarValue {
  return reduceScalars(values, (a, b) => (compareScalars(a, b) >= 0 ? a : b));
}

export function firstNonNull(values: readonly unknown[]): unknown {
  return values.find((value) => value !== null && value !== undefined) ?? null;
}

export function ratio(numerator: number | null, denominator: number | null): number | null {
  return numerator === null || !denominator ? null : numerator / denominator;
}

function reduceScalars(
  values: readonly unknown[],
  combine: (a: ScalarValue, b: ScalarValue) => ScalarValue,
): ScalarValue {
  let result: ScalarValue = null;
  for (const value of values) {
    if (value === null || value === undefined) continue;
    if (typeof value !== 'number' && typeof value !== 'string') {
      throw new NonconformingError('expected a number or a text');
    }
    result = result === null ? value : combine(result, value);
  }
  return result;
}

/** Null comes first. Numbers compare by value, everything else as text in code unit order. */
export function compareScalars(a: ScalarValue, b: ScalarValue): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function compareKeys(a: readonly ScalarValue[], b: readonly ScalarValue[]): number {
  for (let i = 0; i < a.length; i++) {
    const order = compareScalars(a[i] ?? null, b[i] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

export function expectObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  throw new NonconformingError(`${what}: expected an object`);
}

export function expectList(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new NonconformingError(`${what}: expected a list`);
}

/** Returns undefined if the value is not an object. */
export function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function expectNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new NonconformingError('expected a number');
}
