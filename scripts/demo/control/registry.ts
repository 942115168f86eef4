/** The running demo networks of this clone: one small file for each, so that commands find them. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '@yiwang/gateway/kit/files/make-folder.ts';
import { isRunning, readRunFile } from './control.ts';

/** The default data folder. */
export const DEFAULT_FOLDER = fileURLToPath(new URL('../../../.yiwang', import.meta.url));
const REGISTRY = join(DEFAULT_FOLDER, 'running');

export interface RegisteredNetwork {
  /** Process id of the supervisor. */
  readonly pid: number;
  /** The data folder. */
  readonly folder: string;
  readonly gatewayUrl: string;
}

/** Resolves to a function that removes the entry. Does nothing if the clone is not writable. */
export async function registerNetwork(network: RegisteredNetwork, registry = REGISTRY): Promise<() => Promise<void>> {
  const file = join(registry, `${network.pid}.json`);
  try {
    await makeFolder(registry, 0o700);
    await writeFile(file, `${JSON.stringify(network)}\n`, { mode: 0o600 });
  } catch {
    return async () => undefined;
  }
  return () => rm(file, { force: true });
}

/** The running networks, sorted by folder. Removes the entries of killed ones. */
export async function readRunningNetworks(registry = REGISTRY): Promise<readonly RegisteredNetwork[]> {
  const names = await readdir(registry).catch(() => []);
  const entries = await Promise.all(names.map((name) => readEntry(join(registry, name))));
  return entries.filter((entry) => entry !== undefined).sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

async function readEntry(file: string): Promise<RegisteredNetwork | undefined> {
  try {
    const entry = JSON.parse(await readFile(file, 'utf8')) as RegisteredNetwork;
    const run = await readRunFile(entry.folder);
    if (run?.pid === entry.pid && (await isRunning(run))) return entry;
  } catch {
    // An unreadable file is removed like that of a killed network.
  }
  await rm(file, { force: true });
  return undefined;
}

/** ` --data FOLDER`, quoted for a shell, for commands to the network of that folder; empty for the default folder. */
export function dataFlagFor(folder: string): string {
  if (folder === DEFAULT_FOLDER) return '';
  return ` --data ${/^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`}`;
}

/** The command that starts the network of a folder on another port. */
export function startCommandFor(folder: string, port: number): string {
  const flag = dataFlagFor(folder);
  return `PORT=${port} npm start${flag && ` --${flag}`}`;
}
