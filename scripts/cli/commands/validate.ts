/** `yiwang validate`: a file of rows against the rules of the standard, before a platform sends it. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { optionsOf, profiles, ruledEntities } from '@yiwang/schema/rules';
import { standardVersion, standardVersions } from '@yiwang/schema/standard';
import { type Flags, readFlags, UsageError } from '../../tools/flags.ts';
import type { Command } from '../command.ts';
import { readCsv } from '../validate/csv-rows.ts';
import { decode, ENCODINGS, type Encoding, UnreadableFileError } from '../validate/decode.ts';
import { type Fields, fieldsOf } from '../validate/fields.ts';
import { readJsonLines } from '../validate/json-rows.ts';
import { VALIDATION_FORMATS } from '../validate/print.ts';
import type { ReadRow } from '../validate/row.ts';
import { type ValidationOptions, type ValidationSummary, validateRows } from '../validate/validate-rows.ts';

const FLAGS = {
  type: 'string',
  version: 'string',
  as: 'string',
  encoding: 'string',
  profile: 'string',
  examples: 'string',
  format: 'string',
} as const;

const READERS: Readonly<Record<string, (text: AsyncIterable<string>, fields: Fields) => AsyncIterable<ReadRow>>> = {
  csv: readCsv,
  jsonl: readJsonLines,
};
const EXTENSIONS: Readonly<Record<string, string>> = { csv: 'csv', jsonl: 'jsonl', ndjson: 'jsonl' };
const EXAMPLES = 3;
const EXAMPLES_MAX = 1000;

export const VALIDATE: Command = {
  name: 'validate',
  usage:
    'validate --type TYPE FILE|- [--version N] [--as csv|jsonl] [--encoding utf-8|gb18030] [--profile ID] [--examples N] [--format table|json]',
  about:
    'Checks a file of rows (CSV with a header of field names, or JSON lines) against the rules of the standard, and tells every fault with its line; nothing is sent. Exit code 1 if a row is faulty.',
  async run(args, terminal) {
    const { flags, words } = readFlags(args, FLAGS, 1);
    const [file] = words;
    if (file === undefined) throw new UsageError('Say which file holds the rows; - is the standard input.');
    const type = readChoice('type', flags.type, ruledEntities());
    const print = VALIDATION_FORMATS[readChoice('format', flags.format ?? 'table', Object.keys(VALIDATION_FORMATS))]!;
    const read = READERS[flags.as === undefined ? readerOf(file) : readChoice('as', flags.as, Object.keys(READERS))]!;
    const encoding = readChoice<Encoding>('encoding', flags.encoding ?? 'utf-8', ENCODINGS);
    const options = readOptions(flags);

    const startedAt = performance.now();
    const fields = fieldsOf(type)!;
    const text = decode(await openFile(file), encoding);
    const { summary, unread } = await summarize(type, read(text, fields), options);
    const elapsedMs = Math.round(performance.now() - startedAt);
    terminal.out(print({ type, version: options.version, file, ...summary, unread, elapsedMs }));
    return summary.faulty > 0 || unread !== null ? 1 : 0;
  },
};

function readOptions(flags: Flags<typeof FLAGS>): ValidationOptions {
  const versions = standardVersions().map(({ version }) => version);
  const ids = profiles().map(({ id }) => id);
  const id = flags.profile === undefined ? undefined : readChoice('profile', flags.profile, ids);
  const profile = profiles().find((candidate) => candidate.id === id);
  const examplesMax = flags.examples === undefined ? EXAMPLES : Number(flags.examples);
  if (!Number.isInteger(examplesMax) || examplesMax < 0 || examplesMax > EXAMPLES_MAX) {
    throw new UsageError(`--examples is "${flags.examples}"; a whole number from 0 to ${EXAMPLES_MAX} was expected.`);
  }
  return {
    version: readChoice('version', flags.version ?? standardVersion(), versions),
    examplesMax,
    ...(profile === undefined ? {} : optionsOf(profile)),
  };
}

function readChoice<Choice extends string>(
  flag: string,
  value: string | undefined,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  const given = value === undefined ? `--${flag} is missing` : `--${flag} is "${value}"`;
  throw new UsageError(`${given}; there are ${choices.join(', ')}.`);
}

function readerOf(file: string): string {
  const extension = file.split('.').at(-1)!.toLowerCase();
  const reader = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
  if (reader === undefined) {
    throw new UsageError(`The name ${file} does not say if it is CSV or JSON lines; add --as csv or --as jsonl.`);
  }
  return reader;
}

async function openFile(file: string): Promise<AsyncIterable<Buffer>> {
  if (file === '-') return process.stdin;
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => error.code ?? 'unknown');
  if (typeof found === 'string') {
    throw new Error(found === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read: ${found}.`);
  }
  if (found.isDirectory()) throw new Error(`${file} is a folder; a file of rows was expected.`);
  return createReadStream(file);
}

/** What was read before a fault that ends the reading is told as well. */
async function summarize(
  type: string,
  rows: AsyncIterable<ReadRow>,
  options: ValidationOptions,
): Promise<{ readonly summary: ValidationSummary; readonly unread: string | null }> {
  let unread: string | null = null;
  async function* readable(): AsyncGenerator<ReadRow, void, undefined> {
    try {
      yield* rows;
    } catch (error) {
      if (!(error instanceof UnreadableFileError)) throw error;
      unread = error.message;
    }
  }
  const summary = await validateRows(type, readable(), options);
  return { summary, unread };
}
