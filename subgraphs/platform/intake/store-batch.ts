/**
 * A batch of rows → the rows in their table, and a receipt that names every fault of those that were refused. The rows
 * are stored in one transaction with the receipt, so that the same batch, sent again, changes nothing.
 */
import { createHash } from 'node:crypto';
import { containsDivision, type Region } from '@yiwang/schema';
import {
  compilePath,
  createBatchValidator,
  type Fault,
  isRefused,
  type ReadPath,
  type Row,
} from '@yiwang/schema/rules';
import { standardVersion } from '@yiwang/schema/standard';
import type { ClientBase } from 'pg';
import { PlatformError } from '../errors.ts';
import { type ColumnTest, readColumnTests, typeFault } from './column-values.ts';
import { type CopyValue, copyRows } from './copy-rows.ts';

/** The most rows of one batch. */
export const BATCH_ROWS_MAX = 10_000;
const KEY_LENGTH_MAX = 64;

/** `VALID_ROWS`: faulty rows are left out. `ALL_OR_NOTHING`: with a faulty row, nothing is stored. */
export type BatchMode = 'VALID_ROWS' | 'ALL_OR_NOTHING';

/** Where the rows of an entity are kept. */
export interface BatchTarget {
  /** A type with rules. */
  readonly entity: string;
  readonly table: string;
  /** The columns that a batch fills, each with the field that it is filled from. */
  readonly columns: Readonly<Record<string, string>>;
  /** By column: what a row has that does not say. */
  readonly defaults?: Readonly<Record<string, CopyValue>>;
  /** The column of the primary key. */
  readonly key: string;
  /** The field with the division of a row. */
  readonly division: string;
}

export interface Batch {
  /** Who sends it. */
  readonly sender: string;
  /** The sender's own name for the batch, such as a UUID: at most 64 characters. */
  readonly key: string;
  readonly mode: BatchMode;
  readonly rows: readonly Row[];
  /** Where the sender may write. */
  readonly region: Region;
  /** The version of the standard that the sender speaks; default the newest. */
  readonly version?: string;
}

export interface RefusedRow {
  /** From 0. */
  readonly row: number;
  readonly faults: readonly Fault[];
}

export interface BatchReceipt {
  readonly key: string;
  /** True if the batch was stored before. */
  readonly replayed: boolean;
  /** The version of the standard that the rows were held to. */
  readonly version: string;
  readonly rows: number;
  /** How many rows were stored. */
  readonly taken: number;
  readonly refused: readonly RefusedRow[];
  /** Rows that were stored in spite of a warning. */
  readonly warned: readonly RefusedRow[];
}

/**
 * Stores the batch in a transaction of its own; the client is not in one, and may write the table. Throws a
 * `PlatformError` with BAD_USER_INPUT for too many rows and for a key that another batch of the sender has. A batch of
 * which nothing was stored leaves no trace: its key may be used again.
 */
export async function storeBatch(
  client: ClientBase,
  target: BatchTarget,
  batch: Batch,
  now: () => number = Date.now,
): Promise<BatchReceipt> {
  assertBounds(batch);
  await client.query('begin');
  try {
    const receipt = await storeInTransaction(client, target, { batch, now });
    await client.query(receipt.taken > 0 ? 'commit' : 'rollback');
    return receipt;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

function assertBounds({ key, rows }: Batch): void {
  if (rows.length > BATCH_ROWS_MAX) {
    throw new PlatformError(
      'BAD_USER_INPUT',
      `the batch has ${rows.length} rows; at most ${BATCH_ROWS_MAX} were expected`,
    );
  }
  if (key === '' || key.length > KEY_LENGTH_MAX) {
    throw new PlatformError('BAD_USER_INPUT', `a key of 1 to ${KEY_LENGTH_MAX} characters was expected`);
  }
}

interface Terms {
  readonly batch: Batch;
  readonly now: () => number;
}

async function storeInTransaction(client: ClientBase, target: BatchTarget, terms: Terms): Promise<BatchReceipt> {
  const { batch, now } = terms;
  const earlier = await claimKey(client, target, batch);
  if (earlier !== undefined) return { ...earlier, replayed: true };

  const version = batch.version ?? standardVersion();
  const tests = await readColumnTests(client, target.table, Object.keys(target.columns));
  const { valid, refused, warned } = checkRows(target, batch, { version, now, tests });
  const receipt = { key: batch.key, replayed: false, version, rows: batch.rows.length, refused, warned };
  if (valid.length === 0 || (batch.mode === 'ALL_OR_NOTHING' && refused.length > 0)) return { ...receipt, taken: 0 };

  const present = await insertRows(client, target, { rows: batch.rows, valid });
  const all = [...refused, ...present].sort((a, b) => a.row - b.row);
  if (batch.mode === 'ALL_OR_NOTHING' && present.length > 0) return { ...receipt, refused: all, taken: 0 };
  const stored = { ...receipt, refused: all, taken: valid.length - present.length };
  await client.query('update intake.batches set receipt = $3 where sender = $1 and key = $2', [
    batch.sender,
    batch.key,
    JSON.stringify(stored),
  ]);
  return stored;
}

/** Resolves to the receipt of the same batch if it was stored before. Waits for one that is being stored. */
async function claimKey(client: ClientBase, target: BatchTarget, batch: Batch): Promise<BatchReceipt | undefined> {
  const { sender, key } = batch;
  const digest = digestOf(target, batch);
  const { rowCount } = await client.query(
    'insert into intake.batches (sender, key, digest) values ($1, $2, $3) on conflict do nothing',
    [sender, key, digest],
  );
  if (rowCount === 1) return undefined;
  const { rows } = await client.query<{ digest: string; receipt: BatchReceipt }>(
    'select digest, receipt from intake.batches where sender = $1 and key = $2',
    [sender, key],
  );
  if (rows[0]?.digest !== digest) {
    throw new PlatformError('BAD_USER_INPUT', `the key ${JSON.stringify(key)} is that of another batch`);
  }
  return rows[0].receipt;
}

/** An escape, and not a backslash of the text before the characters `u0000`. */
const ESCAPED_NUL = /(?:^|[^\\])(?:\\\\)*\\u0000/;

function digestOf({ entity }: BatchTarget, { mode, rows }: Batch): string {
  const text = JSON.stringify([entity, mode, rows]);
  if (text.includes('\\u0000') && ESCAPED_NUL.test(text)) {
    throw new PlatformError('BAD_USER_INPUT', 'a text holds the character U+0000, which nothing here can hold');
  }
  return createHash('sha256').update(text).digest('hex');
}

function checkRows(
  target: BatchTarget,
  { rows, region }: Batch,
  {
    tests,
    ...options
  }: { readonly version: string; readonly now: () => number; readonly tests: ReadonlyMap<string, ColumnTest> },
) {
  const validate = createBatchValidator(target.entity, options);
  const fields = Object.entries(target.columns).map(([column, path]) => {
    return { path, read: compilePath(path), test: tests.get(column)! };
  });
  const typeFaults = (row: Row): Fault[] =>
    fields.flatMap(({ path, read, test }) => {
      const value = read(row);
      const expected = value === undefined || value === null ? undefined : test(value);
      return expected === undefined ? [] : [typeFault(path, expected)];
    });
  const divisionOf = compilePath(target.division);
  const valid: number[] = [];
  const refused: RefusedRow[] = [];
  const warned: RefusedRow[] = [];
  rows.forEach((row, index) => {
    const broken = validate(row);
    const ofType = typeFaults(row).filter(
      ({ path }) => !broken.some((fault) => fault.path === path && fault.severity === 'ERROR'),
    );
    const faults = ofType.length === 0 ? broken : [...broken, ...ofType];
    const division = divisionOf(row);
    if (typeof division === 'string' && !containsDivision(region, division)) {
      refused.push({ row: index, faults: [...faults, outOfScope(target.division)] });
    } else if (isRefused(faults)) refused.push({ row: index, faults });
    else {
      valid.push(index);
      if (faults.length > 0) warned.push({ row: index, faults });
    }
  });
  return { valid, refused, warned };
}

function outOfScope(path: string): Fault {
  return { rule: 'OUT_OF_SCOPE', severity: 'ERROR', path, message: 'The sender may not write rows of this division' };
}

/**
 * Copies the valid rows to a temporary table, and inserts from there those whose key is new. Resolves to the others,
 * each with its fault.
 */
async function insertRows(
  client: ClientBase,
  { table, columns, defaults = {}, key }: BatchTarget,
  { rows, valid }: { readonly rows: readonly Row[]; readonly valid: readonly number[] },
): Promise<RefusedRow[]> {
  const names = Object.keys(columns);
  const list = names.join(', ');
  const readers = names.map((name) => ({ name, read: compilePath(columns[name]!), otherwise: defaults[name] }));
  await client.query(
    `create temporary table batch_rows on commit drop as select ${list}, 0 as batch_row from ${table} limit 0`,
  );
  await copyRows(client, { table: 'batch_rows', columns: [...names, 'batch_row'] }, copyValues(rows, valid, readers));
  const { rows: present } = await client.query<{ row: number }>(
    `with stored as (
       insert into ${table} (${list}) select ${list} from batch_rows order by batch_row
       on conflict (${key}) do nothing returning ${key}
     )
     select batch_row as row from batch_rows b where not exists (select from stored s where s.${key} = b.${key}) order by 1`,
  );
  return present.map(({ row }) => ({
    row,
    faults: [
      { rule: 'EXISTS', severity: 'ERROR', path: columns[key]!, message: 'A row with this key is there already' },
    ],
  }));
}

interface ColumnReader {
  readonly name: string;
  readonly read: ReadPath;
  readonly otherwise: CopyValue;
}

function* copyValues(
  rows: readonly Row[],
  valid: readonly number[],
  readers: readonly ColumnReader[],
): Iterable<Record<string, CopyValue>> {
  for (const index of valid) {
    const values: Record<string, CopyValue> = { batch_row: index };
    // `checkRows` has checked what the values are.
    for (const { name, read, otherwise } of readers) values[name] = (read(rows[index]!) as CopyValue) ?? otherwise;
    yield values;
  }
}
