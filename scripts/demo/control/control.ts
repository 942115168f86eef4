/** Client of a running demo network: finds it by its run file and asks its supervisor to stop or start a platform. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Id of the gateway's database on the PostgreSQL server of the network. */
export const GATEWAY_DATABASE = 'gateway';

/** The file that a running network writes into its folder. Only its owner can read it. */
export interface RunFile {
  /** Process id of the supervisor. */
  readonly pid: number;
  /** Undefined until the network is ready. */
  readonly gatewayUrl?: string;
  /** Of the gateway's database, which holds the record of operations. */
  readonly recordUrl?: string;
  readonly control?: { readonly url: string; readonly token: string };
}

export type ControlAction = 'stop' | 'start';

export interface PlatformState {
  readonly id: string;
  readonly state: 'RUNNING' | 'STARTING' | 'STOPPED' | 'DIED';
  readonly pid: number | null;
  readonly url: string;
}

const CONTROL_WAIT_MS = 30_000;

export function runFileOf(folder: string): string {
  return join(folder, 'run.json');
}

/** Undefined if no network runs with this folder. The file of a killed network does not count. */
export async function readRunFile(folder: string): Promise<RunFile | undefined> {
  try {
    const run = JSON.parse(await readFile(runFileOf(folder), 'utf8')) as RunFile;
    return isAlive(run.pid) ? run : undefined;
  } catch {
    return undefined;
  }
}

const PROBE_WAIT_MS = 2000;

/** False if the process id of a killed supervisor belongs to another program. */
export async function isRunning({ control }: RunFile): Promise<boolean> {
  if (!control) return true;
  return fetch(control.url, { signal: AbortSignal.timeout(PROBE_WAIT_MS) }).then(
    () => true,
    (error: Error) => error.name === 'TimeoutError',
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Stops or starts one platform of the network that runs with this data folder, and resolves when that is done. Throws an
 * `Error` of one line if no network runs, the platform is unknown, or it did not become ready.
 */
export async function controlPlatform(
  action: ControlAction,
  id: string,
  options: { readonly folder: string },
): Promise<PlatformState> {
  return (await call(options.folder, {
    method: 'POST',
    path: `/platforms/${encodeURIComponent(id)}/${action}`,
  })) as PlatformState;
}

/** The state of every platform process of the running network. Throws like `controlPlatform`. */
export async function readPlatformStates(options: { readonly folder: string }): Promise<readonly PlatformState[]> {
  return (await call(options.folder, { method: 'GET', path: '/platforms' })) as readonly PlatformState[];
}

async function call(folder: string, { method, path }: { method: string; path: string }): Promise<unknown> {
  const run = await readRunFile(folder);
  if (!run)
    throw new Error(`No demo network runs with the data folder ${folder}; start it: npm start -- --data ${folder}`);
  if (!run.control)
    throw new Error(`The demo network with the data folder ${folder} is still starting; try again when it is ready`);
  const response = await fetch(`${run.control.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${run.control.token}` },
    signal: AbortSignal.timeout(CONTROL_WAIT_MS),
  }).catch((cause: Error) => {
    throw new Error(`The demo network's supervisor (pid ${run.pid}) does not answer: ${cause.message}`, { cause });
  });
  const answer = (await response.json()) as { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `The supervisor answered with status ${response.status}`);
  return answer;
}
