/**
 * The promoted version of the registry → the file of the supergraph, which the gateway loads and watches as any other.
 * While the registry is away, the file of the last version serves.
 */
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import type { Logger } from 'pino';
import { makeFolder } from '../kit/files/make-folder.ts';
import type { Database } from '../kit/postgres/database.ts';
import { readPromoted } from './registry-store.ts';
import { verifyVersion } from './version-signature.ts';

export interface PromotedSupergraphOptions {
  readonly database: Database;
  /** Where the text goes. */
  readonly file: string;
  /** Public keys of publishers. */
  readonly publishers: JSONWebKeySet;
  readonly pollMs: number;
  readonly log: Logger;
}

export interface PromotedSupergraph {
  stop(): Promise<void>;
}

/** Resolves when the file is there. Throws an `Error` if it is not, and the registry cannot give it. */
export async function followPromoted(options: PromotedSupergraphOptions): Promise<PromotedSupergraph> {
  const { file, pollMs, log } = options;
  let fault: string | undefined;
  const update = async (): Promise<void> => {
    try {
      await writePromoted(options);
      if (fault !== undefined) log.info('the registry answers again');
      fault = undefined;
    } catch (error) {
      const { message } = error as Error;
      if (!existsSync(file)) throw new Error(`The registry gives no supergraph: ${message}.`, { cause: error });
      if (fault !== message) {
        log.error({ err: error }, 'the registry gives no new supergraph; the version before is still served');
      }
      fault = message;
    }
  };
  await update();
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    // The file may have been removed meanwhile: what is served stays.
    running ??= update()
      .catch((error: unknown) => log.error({ err: error }, 'the registry cannot be followed'))
      .finally(() => {
        running = undefined;
      });
  }, pollMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

async function writePromoted({ database, file, publishers }: PromotedSupergraphOptions): Promise<void> {
  const version = await readPromoted(database);
  if (!version) throw new Error('no version is promoted; run "npx yiwang registry promote NUMBER"');
  await verifyVersion(version, version.signature, publishers);
  const existing = await readFile(file, 'utf8').catch(() => undefined);
  if (existing === version.supergraph) return;
  await makeFolder(dirname(file), 0o700);
  const draft = `${file}.${process.pid}`;
  try {
    await writeFile(draft, version.supergraph, { mode: 0o600 });
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}
