/** Flags and environment → settings of the commands. No other command reads the environment. */
import { join, resolve } from 'node:path';
import { DEFAULT_FOLDER, type RegisteredNetwork, readRunningNetworks } from '../demo/control/registry.ts';
import { UsageError } from '../tools/flags.ts';

export interface DataFolder {
  readonly folder: string;
  /** Whether the user named it, it belongs to the only running demo network, or it is the default because none runs. */
  readonly kind: 'named' | 'running' | 'default';
}

/** `--data`, then `YIWANG_DATA`, then the folder of the running demo network. Throws `UsageError` if several run. */
export async function findDataFolder(flag: string | undefined): Promise<DataFolder> {
  return chooseDataFolder(flag ?? process.env.YIWANG_DATA, readRunningNetworks);
}

export async function chooseDataFolder(
  explicitFolder: string | undefined,
  running: () => Promise<readonly RegisteredNetwork[]>,
): Promise<DataFolder> {
  if (explicitFolder) return { folder: resolve(explicitFolder), kind: 'named' };
  const [first, ...others] = await running();
  if (first === undefined) return { folder: DEFAULT_FOLDER, kind: 'default' };
  if (others.length === 0) return { folder: first.folder, kind: 'running' };
  const list = [first, ...others].map(({ folder, gatewayUrl }) => `${folder} (${gatewayUrl})`).join(', ');
  throw new UsageError(`Several demo networks run; say which by --data: ${list}.`);
}

/** `--network`, then `YIWANG_NETWORK`, then the file in the data folder. Throws an `Error` for the user if no network runs. */
export async function findNetworkFile(flags: {
  readonly network?: string | undefined;
  readonly data?: string | undefined;
}): Promise<string> {
  const explicitFile = flags.network ?? process.env.YIWANG_NETWORK;
  if (explicitFile) return resolve(explicitFile);
  const { folder, kind } = await findDataFolder(flags.data);
  if (kind !== 'default') return join(folder, 'network.json');
  throw new Error('No demo network runs; start it with `npm start`, or say which directory to list: --network FILE.');
}

/** `--database`, then `GATEWAY_DATABASE_URL`. */
export function recordUrlOf(flag: string | undefined): string | undefined {
  return flag ?? (process.env.GATEWAY_DATABASE_URL || undefined);
}

/** The PostgreSQL server with the databases of a demo network; undefined if that is the embedded one. */
export function serverUrl(): string | undefined {
  return process.env.DATABASE_URL || undefined;
}

/** Colours are for people: not if the output goes to a file, or if `NO_COLOR` is set (no-color.org). */
export function mayColor(output: { readonly isTTY?: boolean }): boolean {
  return output.isTTY === true && !process.env.NO_COLOR;
}
