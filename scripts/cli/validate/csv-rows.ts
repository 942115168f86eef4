/** The text of a CSV file with a header (RFC 4180) → rows. */
import { CsvError, parse } from 'csv-parse';
import { RECORD_BYTES_MAX, UnreadableFileError } from './decode.ts';
import type { Fields, ValueKind } from './fields.ts';
import type { ReadRow, RecordFault } from './row.ts';

/** Of a header that is none, such as the first row of figures, some are enough. */
const HEADER_FAULTS_MAX = 20;

interface Column {
  readonly name: string;
  readonly path: readonly string[];
  readonly kind: ValueKind;
}

interface CsvRecord {
  readonly values: readonly string[];
  /** Where it begins, from 1. */
  readonly line: number;
}

/** Throws an `UnreadableFileError` for a header that does not fit the fields and for a quote that is not closed. */
export async function* readCsv(text: AsyncIterable<string>, fields: Fields): AsyncGenerator<ReadRow, void, undefined> {
  let columns: readonly Column[] | undefined;
  for await (const { values, line } of readRecords(text)) {
    if (columns === undefined) columns = readHeader(values, fields, line);
    else yield readRecord(values, columns, line);
  }
  if (columns === undefined) {
    throw new UnreadableFileError(1, 'the file is empty; a header with field names was expected');
  }
}

async function* readRecords(text: AsyncIterable<string>): AsyncGenerator<CsvRecord, void, undefined> {
  const last = { lines: 0, empty: 0 };
  let ready: CsvRecord[] = [];
  const parser = parse({
    relax_column_count: true,
    skip_empty_lines: true,
    // Both, since files that were put together have both.
    record_delimiter: ['\r\n', '\n'],
    max_record_size: RECORD_BYTES_MAX,
    // Records are taken here and not from the stream, which drops those before an error.
    on_record(values: readonly string[], { lines, empty_lines: empty }) {
      // The parser counts a record at its end.
      ready.push({ values, line: last.lines + 1 + (empty - last.empty) });
      Object.assign(last, { lines, empty });
      return null;
    },
  });
  parser.resume();
  let failure: Error | undefined;
  parser.on('error', (error) => {
    failure = error;
  });
  const send = (chunk: string | null) =>
    new Promise<void>((resolve) => {
      if (chunk === null) parser.once('close', resolve).end();
      else parser.write(chunk, () => resolve());
    });
  const taken = () => {
    const records = ready;
    ready = [];
    return records;
  };
  let broken: unknown;
  try {
    for await (const chunk of text) {
      await send(chunk);
      yield* taken();
      if (failure !== undefined) break;
    }
  } catch (error) {
    broken = error;
  }
  // The parser holds the last record until it knows that nothing follows.
  if (failure === undefined) await send(null);
  yield* taken();
  if (broken !== undefined) throw broken;
  if (failure !== undefined) throw readableError(failure, last.lines + 1);
}

function readableError(error: Error, line: number): Error {
  return error instanceof CsvError ? new UnreadableFileError(line, csvMessage(error)) : error;
}

function csvMessage({ code, message }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return 'a quote that opens in this record is not closed before the end of the file';
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `the record is longer than ${RECORD_BYTES_MAX} bytes; a quote may not be closed`;
  if (code === 'INVALID_OPENING_QUOTE' || code === 'CSV_INVALID_CLOSING_QUOTE') {
    return 'a quote stands within a value; put the whole value in quotes and double those within it';
  }
  return message;
}

function readHeader(names: readonly string[], fields: Fields, line: number): readonly Column[] {
  const trimmed = names.map((name) => name.trim());
  const seen = new Set<string>();
  const faults: string[] = [];
  for (const name of trimmed) {
    const fault = seen.has(name) ? `the column "${name}" stands there twice` : columnFault(name, fields);
    if (fault !== undefined) faults.push(fault);
    if (faults.length > HEADER_FAULTS_MAX) {
      faults[HEADER_FAULTS_MAX] = 'and more';
      break;
    }
    seen.add(name);
  }
  if (faults.length > 0) throw new UnreadableFileError(line, `the header is wrong: ${faults.join('; ')}`);
  return trimmed.map((name) => ({ name, path: name.split('.'), kind: fields.get(name)! }));
}

function columnFault(name: string, fields: Fields): string | undefined {
  const kind = fields.get(name);
  if (kind === undefined) return `there is no field "${name}"${suggestion(name, fields)}`;
  return kind === 'list' ? `"${name}" is a list, which CSV cannot hold; give JSON lines` : undefined;
}

function suggestion(name: string, fields: Fields): string {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const near = [...fields.keys()].find((field) => plain(field) === plain(name));
  return near === undefined ? '' : `; "${near}" is one`;
}

function readRecord(values: readonly string[], columns: readonly Column[], line: number): ReadRow {
  if (values.length !== columns.length) {
    const message = `The record has ${values.length} values; ${columns.length} were expected, as in the header`;
    return { line, row: undefined, faults: [{ rule: 'CSV', path: '', message }] };
  }
  const row: Record<string, unknown> = {};
  const faults: RecordFault[] = [];
  columns.forEach(({ name, path, kind }, index) => {
    const text = values[index]!;
    const value = text === '' ? null : parseValue(text, kind);
    if (value === undefined) faults.push({ rule: 'TYPE', path: name, message: `A ${kind} was expected` });
    else setAt(row, path, value);
  });
  return { line, row, faults };
}

/** Undefined if the text is not of the kind. */
function parseValue(text: string, kind: ValueKind): unknown {
  if (kind === 'number') return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
  if (kind === 'boolean') return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined;
  return text;
}

function setAt(row: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let target = row;
  for (const name of path.slice(0, -1)) {
    // A reference whose key is given both ways keeps the object.
    if (typeof target[name] !== 'object' || target[name] === null) target[name] = {};
    target = target[name] as Record<string, unknown>;
  }
  target[path.at(-1)!] = value;
}
