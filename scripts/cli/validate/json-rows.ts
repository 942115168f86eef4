/** The text of a file of JSON lines, one object on each → rows. */
import { isObject } from '@yiwang/schema';
import type { Fields, ValueKind } from './fields.ts';
import type { ReadRow, RecordFault } from './row.ts';

/** `text` comes in whole lines. */
export async function* readJsonLines(
  text: AsyncIterable<string>,
  fields: Fields,
): AsyncGenerator<ReadRow, void, undefined> {
  let line = 0;
  for await (const lines of text) {
    for (const record of lines.replace(/\n$/, '').split('\n')) {
      line++;
      if (record.trim() !== '') yield readRecord(record, fields, line);
    }
  }
}

function readRecord(text: string, fields: Fields, line: number): ReadRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return noRow(line, 'The line is not JSON; one object on each line was expected');
  }
  if (!isObject(value) || Array.isArray(value)) return noRow(line, 'The line is no object; one on each was expected');
  return { line, row: value, faults: findFaults(value, fields, '') };
}

function noRow(line: number, message: string): ReadRow {
  return { line, row: undefined, faults: [{ rule: 'JSON', path: '', message }] };
}

function findFaults(row: Readonly<Record<string, unknown>>, fields: Fields, prefix: string): RecordFault[] {
  return Object.entries(row).flatMap(([name, value]): RecordFault[] => {
    const path = prefix + name;
    const kind = fields.get(path);
    if (isObject(value) && !Array.isArray(value) && hasFieldsBelow(fields, path)) {
      return findFaults(value, fields, `${path}.`);
    }
    if (kind === undefined) return [{ rule: 'FIELD', path, message: 'The type has no such field' }];
    // As batches refuse it.
    if (typeof value === 'string' && value.includes('\u0000')) {
      return [{ rule: 'TYPE', path, message: 'A text without the character U+0000 was expected' }];
    }
    return value === null || isOf(kind, value) ? [] : [{ rule: 'TYPE', path, message: `A ${kind} was expected` }];
  });
}

function hasFieldsBelow(fields: Fields, path: string): boolean {
  for (const field of fields.keys()) if (field.startsWith(`${path}.`)) return true;
  return false;
}

function isOf(kind: ValueKind, value: unknown): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
  }
}
