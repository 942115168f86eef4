/** Flags and environment → what the commands work with: the only reader of the environment among them. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** `--data`, then `YIWANG_DATA`, then `.yiwang` in the repository. */
export function dataFolderOf(flag: string | undefined): string {
  const given = flag ?? process.env.YIWANG_DATA;
  return given ? resolve(given) : join(REPOSITORY, '.yiwang');
}

/** `--network`, then `YIWANG_NETWORK`, then the demo network's. */
export function networkFileOf(flag: string | undefined, dataFolder: string): string {
  const given = flag ?? process.env.YIWANG_NETWORK;
  return given ? resolve(given) : join(dataFolder, 'network.json');
}

/** `--database`, then `GATEWAY_DATABASE_URL`. */
export function recordUrlOf(flag: string | undefined): string | undefined {
  return flag ?? (process.env.GATEWAY_DATABASE_URL || undefined);
}

/** The PostgreSQL server on which a demo network keeps its databases, where it is not the embedded one. */
export function serverUrl(): string | undefined {
  return process.env.DATABASE_URL || undefined;
}
