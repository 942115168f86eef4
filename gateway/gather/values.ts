/** The algebra on single values: each operation is associative and commutative, so that no partition changes the result. */

export type Plain = string | number | boolean | null;

/** A platform's contribution does not have the shape that the standard prescribes; the message says what was expected, and nothing of what came. */
export class Nonconforming extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Nonconforming';
  }
}

/** Nulls are left out; null where nothing is left. */
export function sum(values: readonly unknown[]): number | null {
  const numbers = values.filter((value) => value !== null && value !== undefined).map(asNumber);
  return numbers.length === 0 ? null : numbers.reduce((a, b) => a + b);
}

/** The sum, as the nearest multiple of `roundTo`. */
export function roundedSum(values: readonly unknown[], roundTo = 1): number | null {
  const exact = sum(values);
  return exact === null || roundTo === 1 ? exact : Math.round(exact / roundTo) * roundTo;
}

export function least(values: readonly unknown[]): Plain {
  return fold(values, (a, b) => (comparePlain(a, b) <= 0 ? a : b));
}

export function greatest(values: readonly unknown[]): Plain {
  return fold(values, (a, b) => (comparePlain(a, b) >= 0 ? a : b));
}

export function firstPresent(values: readonly unknown[]): unknown {
  return values.find((value) => value !== null && value !== undefined) ?? null;
}

export function ratio(numerator: number | null, denominator: number | null): number | null {
  return numerator === null || !denominator ? null : numerator / denominator;
}

function fold(values: readonly unknown[], combine: (a: Plain, b: Plain) => Plain): Plain {
  let result: Plain = null;
  for (const value of values) {
    if (value === null || value === undefined) continue;
    if (typeof value !== 'number' && typeof value !== 'string') {
      throw new Nonconforming('expected a number or a text');
    }
    result = result === null ? value : combine(result, value);
  }
  return result;
}

/** Numbers by size, all else as text in code unit order; null comes first. */
export function comparePlain(a: Plain, b: Plain): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function compareKeys(a: readonly Plain[], b: readonly Plain[]): number {
  for (let i = 0; i < a.length; i++) {
    const order = comparePlain(a[i] ?? null, b[i] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

export function asObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Nonconforming(`${what}: expected an object`);
}

export function asList(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Nonconforming(`${what}: expected a list`);
}

function asNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new Nonconforming('expected a number');
}
