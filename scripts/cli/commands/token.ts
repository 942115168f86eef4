/** `yiwang token`: prints the token or API key of a demo identity, or a token with given claims, from the built-in issuer. */
import { existsSync } from 'node:fs';
import { type DemoKeys, keyFilesOf, organisationsFileOf, prepareDemoKeys } from '@yiwang/gateway/config/keys.ts';
import { listTiers, parseClaims, placeDepartment, type TokenClaims } from '@yiwang/gateway/identify/index.ts';
import { DEFAULT_LIMITS } from '@yiwang/gateway/model/limits.ts';
import {
  createOrganisationDirectory,
  NO_ORGANISATIONS,
  type OrganisationDirectory,
} from '@yiwang/gateway/model/organisations/organisation-directory.ts';
import { createCredential, DEMO_IDENTITIES, type DemoIdentity } from '@yiwang/gateway/playground/demo/index.ts';
import { readOrganisationsCopy } from '@yiwang/gateway/start/organisations/organisations-copy.ts';
import { divisions } from '@yiwang/schema';
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
    'token --as NAME | --list | --tier TIER [--division CODE] | --department CODE [--tier TIER] [--division CODE] [--clearance CLASS] [--role ROLE] [--subject NAME] [--expires 24h] [--data FOLDER]',
  about: 'Prints a demo token (or the API key of "app") from the built-in issuer; --expires takes 90s, 30m, 24h, 7d.',
  async run(args, terminal) {
    const { flags } = readFlags(args, FLAGS);
    if (flags.list) return list(terminal);
    const lifeSeconds = readLife(flags.expires);
    const data = await findDataFolder(flags.data);
    const identity = chooseIdentity(flags, await readDirectory(data.folder));
    const keys = await readKeys(data, terminal);
    const { secret } = await createCredential(identity, keys, { lifeSeconds, nowMs: Date.now() });
    terminal.out(`${secret}\n`);
    return 0;
  },
};

/** The organisation directory as a gateway with this folder read it last; empty if none has. */
async function readDirectory(folder: string): Promise<OrganisationDirectory> {
  const copy = await readOrganisationsCopy(organisationsFileOf(folder));
  return copy ? createOrganisationDirectory(copy.organisations) : NO_ORGANISATIONS;
}

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

function chooseIdentity(flags: Flags<typeof FLAGS>, directory: OrganisationDirectory): DemoIdentity {
  const claims = claimsFromFlags(flags);
  if (flags.as === undefined) {
    const { tier, division } = completeClaims(claims, directory);
    const own = { ...claims, ...(division === undefined ? {} : { division }) };
    return createOwnIdentity({ sub: flags.subject ?? 'demo', ...own, tier }, directory);
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
  return createOwnIdentity({ ...credential.claims, ...changes }, directory);
}

interface Jurisdiction {
  readonly tier: string;
  readonly division: string | undefined;
}

/** A department that serves one division needs neither tier nor division: the directory knows both. */
function completeClaims(
  { tier, division, department }: Partial<TokenClaims>,
  directory: OrganisationDirectory,
): Jurisdiction {
  if (tier !== undefined) return { tier, division };
  if (department === undefined) throw new UsageError('Say who: --as NAME, --tier with --division, or --department.');
  const served = directory.find(department)?.serves;
  if (served === undefined) {
    throw new UsageError(`Say --tier and --division, too: the organisation directory does not know ${department}.`);
  }
  if (division === undefined && served.length > 1) {
    throw new UsageError(`Say which with --division: ${department} serves ${served.join(', ')}.`);
  }
  const known = divisions().get(division ?? served[0]!);
  const [first] = known ? listTiers(known) : [];
  if (!known || first === undefined) throw new UsageError(`Say --tier, too: no caller is of ${division ?? served[0]}.`);
  return { tier: first, division: known.code };
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
function createOwnIdentity(claims: TokenClaims, directory: OrganisationDirectory): DemoIdentity {
  try {
    placeDepartment(parseClaims({ ...claims }), directory);
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
