/** `yiwang network`: lists the directory with each platform's health; `stop` and `start` control one platform. */

import { readNetwork } from '@yiwang/gateway/config/network-file.ts';
import { probePlatform } from '@yiwang/gateway/http/index.ts';
import { DEFAULT_LIMITS } from '@yiwang/gateway/model/limits.ts';
import { type VersionStatus, versionStatus } from '@yiwang/schema/standard';
import { dateAt } from '@yiwang/schema/time';
import { controlPlatform } from '../../demo/control/control.ts';
import { readFlags, UsageError } from '../../tools/flags.ts';
import { printColumns } from '../columns.ts';
import type { Command, Terminal } from '../command.ts';
import { findDataFolder, findNetworkFile } from '../config.ts';

const FLAGS = { network: 'string', data: 'string' } as const;

export const NETWORK: Command = {
  name: 'network',
  usage: 'network [stop ID | start ID] [--network FILE] [--data FOLDER]',
  about: "Lists the directory with each platform's health; stops or starts a platform of the demo network.",
  async run(args, terminal) {
    const { flags, words } = readFlags(args, FLAGS, 2);
    const [action, id] = words;
    if (action === undefined) return list(await findNetworkFile(flags), terminal);
    if (action !== 'stop' && action !== 'start') throw new UsageError(`There is no action "${action}".`);
    if (id === undefined) throw new UsageError(`Say which platform to ${action}, such as municipal/110101.`);
    const { folder } = await findDataFolder(flags.data);
    const { state } = await controlPlatform(action, id, { folder });
    terminal.out(`${id} ${state}\n`);
    return 0;
  },
};

/** 1 if a platform is not online. */
async function list(file: string, terminal: Terminal): Promise<number> {
  const { platforms } = await readNetwork(file);
  const health = await Promise.all(platforms.map((platform) => probePlatform(platform, DEFAULT_LIMITS.probeTimeoutMs)));
  const versions = await Promise.all(platforms.map(({ url }) => readStandardVersion(url)));
  const rows = platforms.map((platform, index) => {
    const { state, elapsedMs } = health[index]!;
    const elapsed = state === 'ONLINE' ? `${elapsedMs} ms` : '';
    const others = (platform.divisions ?? []).filter((code) => code !== platform.division);
    return [
      [platform.id, ...others].join('+'),
      platform.tier,
      state,
      elapsed,
      standardText(versions[index]),
      platform.subgraphs.join(' '),
      new URL(platform.url).host,
      platform.name,
    ];
  });
  terminal.out(printColumns(['PLATFORM', 'TIER', 'STATE', 'ANSWER', 'STANDARD', 'SUBGRAPHS', 'ADDRESS', 'NAME'], rows));
  return health.every(({ state }) => state === 'ONLINE') ? 0 : 1;
}

/** Undefined if the platform does not answer, or states none. */
async function readStandardVersion(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(new URL('/health', url), {
      signal: AbortSignal.timeout(DEFAULT_LIMITS.probeTimeoutMs),
    });
    const { standard } = (await response.json()) as { readonly standard?: unknown };
    return typeof standard === 'string' ? standard : undefined;
  } catch {
    return undefined;
  }
}

/** `2`, or `1 (older)`: the platform has to move over before that version ends. */
function standardText(version: string | undefined): string {
  if (version === undefined) return '';
  const note = NOTES[versionStatus(version, dateAt(new Date()))];
  return note === '' ? version : `${version} (${note})`;
}

const NOTES: Readonly<Record<VersionStatus, string>> = {
  CURRENT: '',
  IN_FORCE: 'older',
  NOT_IN_FORCE: 'not in force',
  UNKNOWN: 'unknown',
};
