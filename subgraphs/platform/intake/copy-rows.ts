/** Rows → PostgreSQL's COPY text format → one table: bulk loading. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Numbers, texts and booleans go as they are; a list becomes an array literal; null and undefined become NULL. */
export type CopyValue = string | number | boolean | null | undefined | readonly string[];

const CHUNK_CHARACTERS = 256 * 1024;

export interface CopyTarget<Column extends string> {
  readonly table: string;
  readonly columns: readonly Column[];
  /** True if this transaction truncated the table: its rows are written frozen, and without a log if the server allows it. */
  readonly frozen?: boolean;
}

/** Appends the rows to the table and resolves to their number. Runs in the client's transaction, if it has one. */
export async function copyRows<Column extends string>(
  client: ClientBase,
  target: CopyTarget<Column>,
  rows: Iterable<Readonly<Record<Column, CopyValue>>>,
): Promise<number> {
  const options = target.frozen ? ' with (freeze)' : '';
  const stream = client.query(copyFrom(`copy ${target.table} (${target.columns.join(', ')}) from stdin${options}`));
  let chunk = '';
  let count = 0;
  try {
    for (const row of rows) {
      chunk += formatRow(target.columns, row);
      count++;
      if (chunk.length >= CHUNK_CHARACTERS) {
        if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), finished(stream)]);
        chunk = '';
      }
    }
  } catch (error) {
    // A copy that is left open keeps every later query of the client waiting.
    if (!stream.destroyed) await abandon(stream);
    throw error;
  }
  stream.end(chunk);
  await finished(stream);
  return count;
}

/** Resolves when the server has ended the copy with an error, and the client takes queries again. */
async function abandon(stream: Writable): Promise<void> {
  stream.on('error', () => undefined).destroy();
  await finished(stream).catch(() => undefined);
}

export function formatRow<Column extends string>(
  columns: readonly Column[],
  row: Readonly<Record<Column, CopyValue>>,
): string {
  let line = '';
  for (let i = 0; i < columns.length; i++) {
    if (i > 0) line += '\t';
    line += formatValue(row[columns[i]!]);
  }
  return `${line}\n`;
}

function formatValue(value: CopyValue): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return escapeText(`{${value.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escapeText(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign]!) : text;
}
