/** Command line and environment → settings of `npm start`. Nothing else here reads the environment. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SetupError } from '../../tools/postgres/index.ts';
import { DEFAULT_FOLDER } from '../control/registry.ts';
import { USAGE } from './usage.js';

export interface NetworkConfig {
  readonly folder: string;
  readonly scale: number;
  /** Of the gateway; 0 for any free one. */
  readonly port: number;
  /** Of an existing PostgreSQL server; undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly withBadPlatform: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_PORT = 4000;
const SCALE_MAX = 1000;

/** The command line or the environment was wrong. */
export class NetworkUsageError extends SetupError {}

/** Throws a `NetworkUsageError` that lists every fault. A relative folder is resolved against the folder of the shell. */
export function readNetworkConfig(
  args: readonly string[] = process.argv.slice(2),
  env: Environment = process.env,
): NetworkConfig {
  const faults: string[] = [];
  const flags = readFlags(args, faults);
  const scale = Number(flags.scale ?? 1);
  if (!(scale > 0 && scale <= SCALE_MAX)) {
    faults.push(`--scale is "${flags.scale}"; expected a number above 0, up to ${SCALE_MAX}`);
  }
  const port = Number(env.PORT || DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    faults.push(`PORT is "${env.PORT}"; expected a whole number from 0 to 65535`);
  }
  if (faults.length > 0) throw new NetworkUsageError([...faults, USAGE].join('\n'));
  const folder = flags.data ?? env.YIWANG_DATA;
  return {
    folder: folder ? resolve(env.INIT_CWD ?? '.', folder) : DEFAULT_FOLDER,
    scale,
    port,
    databaseUrl: env.DATABASE_URL || undefined,
    withBadPlatform: flags['with-bad-platform'] ?? false,
  };
}

interface NetworkFlags {
  readonly scale?: string | undefined;
  readonly data?: string | undefined;
  readonly 'with-bad-platform'?: boolean | undefined;
}

function readFlags(args: readonly string[], faults: string[]): NetworkFlags {
  try {
    const text = { type: 'string' } as const;
    const options = { scale: text, data: text, 'with-bad-platform': { type: 'boolean' } } as const;
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    faults.push((error as Error).message.split('. ')[0]!);
    return {};
  }
}

/** The environment of server processes: without the settings of the supervisor. */
export function inheritedEnvironment(env: Environment = process.env): Environment {
  const { PORT: _port, HOST: _host, DATABASE_URL: _database, NODE_OPTIONS: _options, ...rest } = env;
  return rest;
}

/** The log file of a server. */
export function logFileOf(folder: string, id: string): string {
  return join(folder, 'logs', `${id.replace('/', '-')}.log`);
}
