/** Signs the head of the record: saves it to a file after each batch, and to the database from time to time. */
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Logger } from 'pino';
import type { KeyPair } from '../../kit/crypto/key-files.ts';
import { makeFolder } from '../../kit/files/make-folder.ts';
import type { Limits } from '../../model/limits.ts';
import type { RecordHead, RecordStore } from '../database/record-store.ts';
import { createStatementVerifier, type HeadStatement, signStatement } from './signed-statement.ts';

/** Works in the background: no operation waits for it. */
export interface HeadWriter {
  advance(head: RecordHead): void;
  /** Saves the last head. Never rejects. */
  stop(): Promise<void>;
}

export interface HeadWriterOptions {
  readonly store: Pick<RecordStore, 'checkpoint'>;
  readonly key: KeyPair;
  readonly file: string;
  readonly limits: Pick<Limits, 'recordHeadMs' | 'recordCheckpointMs'>;
  readonly log: Logger;
}

export function createHeadWriter({ store, key, file, limits, log }: HeadWriterOptions): HeadWriter {
  let head: RecordHead | undefined;
  let timer: NodeJS.Timeout | undefined;
  let saving: Promise<void> = Promise.resolve();
  let checkpointedAt = Number.NEGATIVE_INFINITY;

  const save = async (isLast: boolean): Promise<void> => {
    if (!head) return;
    const { record, last, recordedAt } = head;
    head = undefined;
    const now = new Date();
    const statement: HeadStatement = {
      record,
      last,
      recordedAt: recordedAt.toISOString(),
      signedAt: now.toISOString(),
    };
    try {
      const signed = await signStatement('head', statement, key);
      await writeHead(file, signed);
      if (isLast || now.getTime() - checkpointedAt >= limits.recordCheckpointMs) {
        checkpointedAt = now.getTime();
        await store.checkpoint(last, signed);
      }
    } catch (error) {
      log.error({ err: error }, 'the head of the record could not be saved; it is saved with the next entries');
    }
  };
  const run = (isLast: boolean): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    saving = saving.then(() => save(isLast));
    return saving;
  };
  return {
    advance(next) {
      head = next;
      timer ??= setTimeout(() => void run(false), limits.recordHeadMs).unref();
    },
    stop: () => run(true),
  };
}

/** Replaces the file atomically. */
async function writeHead(file: string, statement: string): Promise<void> {
  await makeFolder(dirname(file), 0o700);
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${statement}\n`, { mode: 0o600 });
  await rename(draft, file);
}

/** Returns undefined if there is no file. */
export async function readHeadFile(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text?.trim();
}

/** Returns the statements of heads that `compareSavedHead` moved. */
export async function readReplacedHeads(file: string): Promise<readonly string[]> {
  const names = await readdir(dirname(file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const backupFiles = names.filter((name) => name.startsWith(`${basename(file)}.`) && !isDraft(name));
  return Promise.all(
    backupFiles.sort().map(async (name) => (await readFile(join(dirname(file), name), 'utf8')).trim()),
  );
}

/** The name of a draft ends with the id of the process that writes it. */
function isDraft(name: string): boolean {
  return /\.\d+$/.test(name);
}

/** Logs if the record became shorter. Moves the saved head to another file if it belongs to another record. */
export async function compareSavedHead(
  { record, last }: { readonly record: string; readonly last: number },
  { key, file, log }: Pick<HeadWriterOptions, 'key' | 'file' | 'log'>,
): Promise<void> {
  const text = await readHeadFile(file);
  if (text === undefined) return;
  const savedHead = await createStatementVerifier({ keys: [key.publicJwk] })('head', text);
  if (savedHead?.record === record) {
    if (savedHead.last > last)
      log.error(
        { savedLast: savedHead.last, last },
        'the record lost entries at its end; run "npx yiwang audit verify"',
      );
    return;
  }
  const backupFile = `${file}.${savedHead?.record ?? 'unsigned'}`;
  await rename(file, backupFile);
  log.warn({ file: backupFile }, 'the saved head is of another record; it was moved');
}
