/** The file of API keys, read anew whenever it changes: a key that is taken out of it is not known any more. */
import type { Logger } from 'pino';
import { watchFiles } from '../../kit/files/watch-files.ts';
import { type ApiKey, createApiKeyVerifier, readApiKeys, type VerifyApiKey } from './api-keys.ts';

export interface ApiKeyFile {
  /** By what the file held when it was read last. */
  readonly verify: VerifyApiKey;
  /** Settles when what the file held at the call, or later, holds, or has been found wanting. Never rejects. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

export interface ApiKeyFileOptions {
  /** Milliseconds between two looks at the file. */
  readonly pollMs: number;
  readonly log: Logger;
}

/** Throws where the file cannot be read at first; later, what was read before holds, and the log says why. */
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
      log.info({ keys: keys.length }, 'API keys read anew');
    } catch (error) {
      log.error({ err: error }, 'the API keys cannot be read; those that were read before hold');
    }
  };
  /** One after the other, so that the last to begin is the last to hold. */
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
