/** Starts the embedded PostgreSQL, a real server from npm, in a given folder, on loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { type ProcessHandle, supervise } from '../process/supervise.ts';
import { SetupError } from '../setup-error.ts';
import { type Binaries, readBinaries } from './binaries.ts';
import { initialiseCluster, reachableFolder, SUPERUSER } from './cluster.ts';
import { lockDataFolder, unlockDataFolder } from './lock.ts';
import { createDatabases, type PostgresServer } from './server.ts';

export interface StartOptions {
  /** The data folder; created at the first start. */
  readonly folder: string;
  /** Default: any free one. */
  readonly port?: number;
  /** False is faster, but a crash of the machine may lose data. Default true. */
  readonly durable?: boolean;
  /** Receives notes for the user, one line at a time. */
  readonly log?: (line: string) => void;
  /** Restarts the server if it exits; `onEvent` receives a line for each exit and restart. Default: no restart. */
  readonly restart?: { readonly onEvent: (line: string) => void };
  /** Folder of programs of another version, for tests. Default: the embedded ones. */
  readonly programs?: string;
}

export type EmbeddedPostgres = PostgresServer & {
  readonly folder: string;
  readonly port: number;
  /** Process id of the server; undefined while it does not run. */
  pid(): number | undefined;
};

const HOST = '127.0.0.1';
const START_WAIT_MS = 30_000;
const STOP_WAIT_MS = 15_000;
const READY = 'database system is ready to accept connections';

/** Throws `SetupError` for a busy port, a folder that cannot be used, or a machine without binaries. */
export async function startPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  const binaries = await readBinaries(options.programs);
  const folder = await reachableFolder(options.folder, binaries.owner);
  if (folder !== options.folder) options.log?.(`PostgreSQL keeps its data in ${folder}`);
  const password = await initialiseCluster(folder, binaries);
  await lockDataFolder(folder);
  const port = await freePort(options.port ?? 0);
  let child: ChildProcess | undefined;
  const supervised = await supervise({
    start: async () => {
      child = await spawnServer(binaries, { folder, port, durable: options.durable ?? true });
      return processOf(child);
    },
    onExit: (exit, pauseMs) => options.restart?.onEvent(exitLine(exit, pauseMs, folder)),
    onRestart: () => options.restart?.onEvent('PostgreSQL runs again'),
    ...(options.restart ? {} : { exitsMax: 1 }),
  });
  const endWithProcess = () => child?.kill('SIGINT');
  process.once('exit', endWithProcess);
  return {
    folder,
    port,
    pid: supervised.pid,
    ...createDatabases(`postgresql://${SUPERUSER}:${password}@${HOST}:${port}/postgres`),
    async stop() {
      process.removeListener('exit', endWithProcess);
      await supervised.stop();
      await unlockDataFolder(folder);
    },
  };
}

/** A new server waits by itself until no process holds the shared memory of a killed one. */
function processOf(child: ChildProcess): ProcessHandle {
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code ?? 0));
  });
  return { pid: child.pid, ended, stop: () => stopServer(child) };
}

function exitLine(exit: number | string, pauseMs: number | undefined, folder: string): string {
  const next =
    pauseMs === undefined ? 'that was too often: start the network anew' : `it is started again in ${pauseMs} ms`;
  return `PostgreSQL in ${folder} ended by itself (${exit}); ${next}`;
}

interface ServerOptions {
  readonly folder: string;
  readonly port: number;
  readonly durable: boolean;
}

function settingsOf({ durable }: ServerOptions): Readonly<Record<string, string>> {
  return {
    listen_addresses: HOST,
    unix_socket_directories: '',
    max_connections: '300',
    shared_buffers: '128MB',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '2GB',
    jit: 'off',
    synchronous_commit: 'off',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
}

/** Starts the server in a process group of its own, so that Ctrl-C reaches it only through `stop`, after its clients. */
function spawnServer({ postgres, owner }: Binaries, options: ServerOptions): Promise<ChildProcess> {
  const settings = Object.entries(settingsOf(options)).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(postgres, ['-D', options.folder, '-p', String(options.port), ...settings], {
    ...owner,
    cwd: '/',
    detached: true,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    const refuse = (reason: string) => {
      clearTimeout(timer);
      reject(
        new SetupError(
          `PostgreSQL did not start in ${options.folder}: ${reason.trim().replace(/\s+/g, ' ').slice(0, 300)}`,
        ),
      );
    };
    const timer = setTimeout(() => {
      child.kill('SIGQUIT');
      refuse(`not ready within ${START_WAIT_MS} ms`);
    }, START_WAIT_MS);
    child.on('error', (error) => refuse(error.message));
    child.on('exit', (code) => refuse(output || `it ended with ${code}`));
    child.stderr?.on('data', (chunk: Buffer) => {
      if (output.length < 10_000) output += chunk.toString();
      if (!chunk.toString().includes(READY)) return;
      clearTimeout(timer);
      output = '';
      resolve(child);
    });
  });
}

/** A fast shutdown: rolls back open transactions and writes the data out. */
async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill('SIGQUIT'), STOP_WAIT_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGINT');
  });
}

function freePort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', (cause) => {
      reject(new SetupError(`Port ${port} for PostgreSQL is busy; free it, or choose another`, { cause }));
    });
    probe.listen(port, HOST, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
