/**
 * Columns of a table → tests of the values that go into them. Rules of the standard say nothing about some fields, and
 * COPY would end the whole batch at the first value that is of another type.
 */
import type { Fault } from '@yiwang/schema/rules';
import type { ClientBase } from 'pg';

/** Returns what was expected instead; undefined if the column takes the value. */
export type ColumnTest = (value: unknown) => string | undefined;

/** By column. */
export async function readColumnTests(
  client: ClientBase,
  table: string,
  columns: readonly string[],
): Promise<ReadonlyMap<string, ColumnTest>> {
  const { fields } = await client.query(`select ${columns.join(', ')} from ${table} limit 0`);
  return new Map(fields.map(({ name, dataTypeID }) => [name, TESTS.get(dataTypeID) ?? text]));
}

export function typeFault(path: string, expected: string): Fault {
  return { rule: 'TYPE', severity: 'ERROR', path, message: `${expected} was expected` };
}

const INT_MAX = 2 ** 31 - 1;

const text: ColumnTest = (value) => (typeof value === 'string' ? undefined : 'A text');
const boolean: ColumnTest = (value) => (typeof value === 'boolean' ? undefined : 'True or false');
const number: ColumnTest = (value) => (Number.isFinite(value) ? undefined : 'A number');
const wholeUpTo =
  (max: number): ColumnTest =>
  (value) =>
    Number.isInteger(value) && Math.abs(value as number) <= max ? undefined : `A whole number up to ${max}`;
const texts: ColumnTest = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? undefined : 'A list of texts';
/** Rules say what an instant is; the database has no year 0. */
const instant: ColumnTest = (value) =>
  typeof value === 'string' && !value.startsWith('0000') ? undefined : 'A time from the year 1 on';

/** By the number that PostgreSQL has for the type. */
const TESTS: ReadonlyMap<number, ColumnTest> = new Map([
  [16, boolean],
  [20, wholeUpTo(Number.MAX_SAFE_INTEGER)],
  [21, wholeUpTo(2 ** 15 - 1)],
  [23, wholeUpTo(INT_MAX)],
  [700, number],
  [701, number],
  [1700, number],
  [1009, texts],
  [1082, instant],
  [1114, instant],
  [1184, instant],
]);
