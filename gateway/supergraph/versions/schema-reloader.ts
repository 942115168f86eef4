/**
 * Loads the files when they change, or on request, and serves the new version. A version that cannot be loaded changes
 * nothing.
 */
import { basename } from 'node:path';
import type { Logger } from 'pino';
import { type FileWatcher, watchFiles } from '../../kit/files/watch-files.ts';
import type { SchemaVersionParts, SchemaVersions } from './schema-versions.ts';

export interface ReloadFault {
  readonly at: Date;
  /** Without folders of this machine: the health page shows it. */
  readonly reason: string;
}

export interface SchemaReloader {
  /** Resolves when the files as they were at the call, or later, are served or failed to load. Never rejects. */
  now(): Promise<void>;
  /** Undefined if the files are what is served. */
  readonly fault: ReloadFault | undefined;
  readonly failures: number;
  stop(): Promise<void>;
}

export interface SchemaReloaderOptions<Version extends SchemaVersionParts> {
  readonly files: readonly string[];
  readonly pollMs: number;
  readonly versions: SchemaVersions<Version>;
  /** Resolves to undefined if the files hold what is served. */
  readonly load: (previous: Version) => Promise<Version | undefined>;
  readonly log: Logger;
}

const REASON_MAX = 1_000;

export function createSchemaReloader<Version extends SchemaVersionParts>({
  files,
  pollMs,
  versions,
  load,
  log,
}: SchemaReloaderOptions<Version>): SchemaReloader {
  let fault: ReloadFault | undefined;
  let failures = 0;
  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;

  const reload = async (): Promise<void> => {
    try {
      const next = await load(versions.served);
      if (next !== undefined) {
        await versions.replace(next);
        log.info({ generation: next.number, platforms: next.platforms.length }, 'a new schema version is served');
      }
      fault = undefined;
    } catch (error) {
      failures++;
      fault = { at: new Date(), reason: describeFault(error, files) };
      log.error({ err: error }, 'the files cannot be loaded; the schema version before is still served');
    }
  };
  /** One reload at a time. All requests during a reload share the one that follows it. */
  const now = (): Promise<void> => {
    waiting ??= running.then(() => {
      waiting = undefined;
      running = reload();
      return running;
    });
    return waiting;
  };
  const watch: FileWatcher = watchFiles(files, pollMs, now);
  return {
    now,
    get fault() {
      return fault;
    },
    get failures() {
      return failures;
    },
    async stop() {
      watch.stop();
      await (waiting ?? running);
    },
  };
}

function describeFault(error: unknown, files: readonly string[]): string {
  let text = error instanceof Error ? error.message : String(error);
  for (const file of files) text = text.replaceAll(file, basename(file));
  return text.slice(0, REASON_MAX);
}
