/** Follows the file of check modes: a change is in force without a restart. */
import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { watchFiles } from '../../kit/files/watch-files.ts';
import { createModeOf, ENFORCE_ALL, type ModeOf, parseModes } from './conform-modes.ts';

export interface CheckModeFile {
  /** Uses the modes that were read last. */
  readonly modeOf: ModeOf;
  /** Resolves once the file was read after the call, whether or not it was valid. Never rejects. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

export interface CheckModeFileOptions {
  /** Ids of the rules of the standard. */
  readonly rules: ReadonlySet<string>;
  /** Milliseconds between two polls of the file. */
  readonly pollMs: number;
  readonly log: Logger;
}

/** Without a file every rule is enforced. */
export function createFixedModes(): CheckModeFile {
  return { modeOf: createModeOf(ENFORCE_ALL), reload: async () => undefined, stop: async () => undefined };
}

/** Throws an `Error` that lists the faults of the first read. After a later one the previous modes stay in force. */
export async function watchModes(file: string, { rules, pollMs, log }: CheckModeFileOptions): Promise<CheckModeFile> {
  const read = async (): Promise<{ text: string; modeOf: ModeOf }> => {
    const text = await readFile(file, 'utf8');
    return { text, modeOf: createModeOf(parseModes(text, file, rules)) };
  };
  let current = await read();
  let lastLoad: Promise<void> = Promise.resolve();
  const load = async (): Promise<void> => {
    try {
      const next = await read();
      if (next.text === current.text) return;
      current = next;
      log.info({ file }, 'check modes reloaded');
    } catch (error) {
      log.error({ err: error }, 'the check modes cannot be read; the previous ones stay in force');
    }
  };
  /** Loads run one after the other, so that the last one started wins. */
  const reload = (): Promise<void> => {
    lastLoad = lastLoad.then(load);
    return lastLoad;
  };
  const watch = watchFiles([file], pollMs, reload);
  return {
    modeOf: (rule, platform) => current.modeOf(rule, platform),
    reload,
    async stop() {
      watch.stop();
      await lastLoad;
    },
  };
}
