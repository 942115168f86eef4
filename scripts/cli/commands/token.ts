/** `yiwang token`: prints the token or API key of a demo identity, or a token with given claims, from the built-in issuer. */
import { existsSync } from 'node:fs';
import { type DemoKeys, keyFilesOf, prepareDemoKeys } from '@yiwang/gateway/config/keys.ts';
import { parseClaims, type TokenClaims } from '@yiwang/gateway/identify/index.ts';
import { DEFAULT_LIMITS } from '@yiwang/gateway/model/limits.ts';
import { createCredential, DEMO_IDENTITIES, type DemoIdentity } from '@yiwang/gateway/playground/demo/index.ts';
import { dataFlagFor } from '../../demo/control/registry.ts';
import { type Flags, readFlags, UsageError } from '../../tools/flags.ts';
import type { Command, Terminal } from '../command.ts';
import { type DataFolder, findDataFolder } from '../config.ts';

const FLAGS = {
  as: 'string',
  list: 'boolean',
  tier: 'string',
  division: 'string',
  department: 'string',
  clearance: 'string',
  role: 'strings',
  subject: 'string',
  expires: 'string',
  data: 'string',
} as const;

const LIFE_SECONDS = 24 * 3_600;
const LIFE_SECONDS_MAX = DEFAULT_LIMITS.tokenLifeSecondsMax;
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

export const TOKEN: Command = {
  name: 'token',
  usage:
    'token --as NAME | --list | --tier TIER [--division CODE] [--department CODE] [--clearance CLASS] [--role ROLE] [--subject NAME] [--expires 24h] [--data FOLDER]',
  about: 'Prints a demo token (or the API key of "app") from the built-in issuer; --expires takes 90s, 30m, 24h, 7d.',
  async run(args, terminal) {
    const { flags } = readFlags(args, FLAGS);
    if (flags.list) return list(terminal);
    const lifeSeconds = readLife(flags.expires);
    const identity = chooseIdentity(flags);
    const keys = await readKeys(await findDataFolder(flags.data), terminal);
    const { secret } = await createCredential(identity, keys, { lifeSeconds, nowMs: Date.now() });
    terminal.out(`${secret}\n`);
    return 0;
  },
};

/** Reads the keys of a gateway that has run; a gateway would refuse new ones. Throws an `Error` for the user if there are none. */
async function readKeys({ folder, kind }: DataFolder, terminal: Terminal): Promise<DemoKeys> {
  if (!existsSync(keyFilesOf(folder).identity)) {
    const flag = dataFlagFor(folder);
    throw new Error(
      `There are no keys in ${folder}, since no gateway has run with it; start the demo network: npm start${flag && ` --${flag}`}`,
    );
  }
  if (kind === 'default')
    terminal.error(`No demo network runs; the token is for one with the data folder ${folder}.\n`);
  return prepareDemoKeys(folder);
}

function chooseIdentity(flags: Flags<typeof FLAGS>): DemoIdentity {
  const claims = claimsFromFlags(flags);
  if (flags.as === undefined) {
    if (claims.tier === undefined) throw new UsageError('Say who: --as NAME, or --tier with --division.');
    return createOwnIdentity({ sub: flags.subject ?? 'demo', tier: claims.tier, ...claims });
  }
  const identity = DEMO_IDENTITIES.find(({ name }) => name === flags.as);
  if (identity === undefined) {
    throw new UsageError(
      `There is no demo identity "${flags.as}"; there are ${DEMO_IDENTITIES.map(({ name }) => name).join(', ')}.`,
    );
  }
  const { credential } = identity;
  const changes = { ...claims, ...(flags.subject === undefined ? {} : { sub: flags.subject }) };
  if (Object.keys(changes).length === 0) return identity;
  if (credential.kind === 'api-key')
    throw new UsageError(`"${flags.as}" is an API key, which has no claims to change.`);
  return createOwnIdentity({ ...credential.claims, ...changes });
}

function claimsFromFlags({ tier, division, department, clearance, role }: Flags<typeof FLAGS>): Partial<TokenClaims> {
  return {
    ...(tier === undefined ? {} : { tier }),
    ...(division === undefined ? {} : { division }),
    ...(department === undefined ? {} : { department }),
    ...(clearance === undefined ? {} : { clearance }),
    ...(role === undefined ? {} : { roles: role }),
  };
}

/** Throws `UsageError` for claims that the gateway would refuse. */
function createOwnIdentity(claims: TokenClaims): DemoIdentity {
  try {
    parseClaims({ ...claims });
  } catch (error) {
    throw new UsageError(
      (error as Error).message
        .replace(/^The token is not accepted: its claim/, 'The claim')
        .replace(/^The token is not accepted: its/, 'The'),
    );
  }
  return { name: claims.sub, about: 'claims of its own', credential: { kind: 'token', claims } };
}

function readLife(text: string | undefined): number {
  if (text === undefined) return LIFE_SECONDS;
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (!(seconds > 0 && seconds <= LIFE_SECONDS_MAX)) {
    throw new UsageError(
      `--expires is "${text}"; expected such as 90s, 30m, 24h or 7d, up to ${LIFE_SECONDS_MAX / UNITS.d!}d.`,
    );
  }
  return seconds;
}

function list(terminal: Terminal): number {
  const width = Math.max(...DEMO_IDENTITIES.map(({ name }) => name.length));
  for (const { name, about } of DEMO_IDENTITIES) terminal.out(`${name.padEnd(width)}  ${about}\n`);
  return 0;
}
