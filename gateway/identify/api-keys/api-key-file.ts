/** Reads the file of API keys again after each change: a key that was removed from it is rejected. */
import type { Logger } from 'pino';
import { watchFiles } from '../../kit/files/watch-files.ts';
import { type ApiKey, createApiKeyVerifier, readApiKeys, type VerifyApiKey } from './api-keys.ts';

export interface ApiKeyFile {
  /** Uses the keys that were read last. */
  readonly verify: VerifyApiKey;
  /** Resolves once the file was read after the call, whether or not its keys were valid. Never rejects. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

export interface ApiKeyFileOptions {
  /** Milliseconds between two polls of the file. */
  readonly pollMs: number;
  readonly log: Logger;
}

/** Throws if the first read fails. A later failure is logged, and the previous keys stay valid. */
export async function watchApiKeys(file: string, { pollMs, log }: ApiKeyFileOptions): Promise<ApiKeyFile> {
  let keys: readonly ApiKey[] = await readApiKeys(file);
  let verify = createApiKeyVerifier(keys);
  let lastLoad: Promise<void> = Promise.resolve();
  const load = async (): Promise<void> => {
    try {
      const newKeys = await readApiKeys(file);
      if (JSON.stringify(newKeys) === JSON.stringify(keys)) return;
      keys = newKeys;
      verify = createApiKeyVerifier(keys);
      log.info({ keys: keys.length }, 'API keys reloaded');
    } catch (error) {
      log.error({ err: error }, 'the API keys cannot be read; the previous ones stay valid');
    }
  };
  /** Loads run one after the other, so that the last one started wins. */
  const reload = (): Promise<void> => {
    lastLoad = lastLoad.then(load);
    return lastLoad;
  };
  const watch = watchFiles([file], pollMs, reload);
  return {
    verify: (key) => verify(key),
    reload,
    async stop() {
      watch.stop();
      await lastLoad;
    },
  };
}
