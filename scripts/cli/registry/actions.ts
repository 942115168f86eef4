/** What `yiwang registry` does: each action prints and resolves to the exit code. */
import { readFile } from 'node:fs/promises';
import { keyFilesOf } from '@yiwang/gateway/config/keys.ts';
import { readNetwork } from '@yiwang/gateway/config/network-file.ts';
import { readOrCreateKeyPair } from '@yiwang/gateway/kit/crypto/key-files.ts';
import type { Database } from '@yiwang/gateway/kit/postgres/database.ts';
import {
  deleteUsageBefore,
  listMoves,
  listVersions,
  type PlatformCheck,
  prepareRegistry,
  promote,
  publishVersion,
  REGISTRY_ROLE,
  type RegisteredVersion,
  readPromoted,
  readUsage,
  readVersion,
  recordChecks,
  rollback,
  type SchemaTexts,
} from '@yiwang/gateway/registry/index.ts';
import { printSubgraphSchema } from '@yiwang/schema/sdl';
import { standardVersion } from '@yiwang/schema/standard';
import { composeProject } from '../../tools/compose.ts';
import { UsageError } from '../../tools/flags.ts';
import { readSubgraph, SUBGRAPH_NAMES } from '../../tools/subgraph-files.ts';
import { printColumns } from '../columns.ts';
import type { Terminal } from '../command.ts';
import { findChanges, type SchemaChange } from './changes.ts';
import { checkPlatforms } from './check-platforms.ts';
import { parseThreshold } from './threshold.ts';

export interface ActionContext {
  readonly database: Database;
  readonly terminal: Terminal;
  /** Data folder, with the key of the publisher. */
  readonly folder: string;
  readonly by: string;
  /** Finds the file of the directory. */
  readonly networkFile: () => Promise<string>;
}

export interface ActionFlags {
  readonly note?: string | undefined;
  readonly reason?: string | undefined;
  readonly needs?: string | undefined;
  readonly against?: string | undefined;
  readonly days?: string | undefined;
  readonly before?: string | undefined;
}

export type Action = (context: ActionContext, words: readonly string[], flags: ActionFlags) => Promise<number>;

const DAYS_DEFAULT = 90;
const DAY_MS = 86_400_000;

export const ACTIONS: Readonly<Record<string, Action>> = {
  async prepare({ database, terminal }) {
    await prepareRegistry(database);
    terminal.out(
      `The registry is prepared. A user of the gateway's own needs a role: grant ${REGISTRY_ROLE} to USER\n`,
    );
    return 0;
  },

  async publish({ database, terminal, folder, by }, [file], { note = '' }) {
    await prepareRegistry(database);
    const key = await readOrCreateKeyPair(keyFilesOf(folder).registry);
    const texts = file === undefined ? composeStandard() : await readTexts(file);
    const { version, isNew } = await publishVersion(database, texts, { note, by, key });
    const { number, digest } = version;
    terminal.out(
      isNew
        ? `Version ${number} is published, ${digest.slice(0, 12)}. Gateways serve it after: npx yiwang registry promote ${number}\n`
        : `The registry has this supergraph already, as version ${number}.\n`,
    );
    return 0;
  },

  async list({ database, terminal }) {
    const versions = await listVersions(database);
    const [move] = await listMoves(database);
    const rows = versions.map(({ number, digest, standard, publishedAt, publishedBy, note }) => [
      `${number}${move?.version === number ? ' *' : ''}`,
      digest.slice(0, 12),
      standard,
      publishedAt.toISOString().slice(0, 16),
      publishedBy,
      note,
    ]);
    terminal.out(printColumns(['VERSION', 'DIGEST', 'STANDARD', 'PUBLISHED', 'BY', 'NOTE'], rows));
    if (move) terminal.out(`* served since ${move.movedAt.toISOString().slice(0, 16)}, by ${move.movedBy}\n`);
    return 0;
  },

  async history({ database, terminal }) {
    const rows = (await listMoves(database)).map(({ kind, version, movedAt, movedBy, reason }) => [
      movedAt.toISOString().slice(0, 16),
      kind,
      String(version),
      movedBy,
      reason,
    ]);
    terminal.out(printColumns(['AT', 'MOVE', 'VERSION', 'BY', 'REASON'], rows));
    return 0;
  },

  async show({ database, terminal }, [number]) {
    terminal.out((await requireVersion(database, number)).supergraph);
    return 0;
  },

  async diff({ database, terminal }, [from, to], flags) {
    const before = await requireVersion(database, from);
    const after = to === undefined ? await requirePromoted(database) : await requireVersion(database, to);
    return printChanges({ database, terminal }, await findChanges(before.supergraph, after.supergraph), flags);
  },

  async check({ database, terminal }, [file], flags) {
    const { against } = flags;
    const before = against === undefined ? await requirePromoted(database) : await requireVersion(database, against);
    const { supergraph } = file === undefined ? composeStandard() : await readTexts(file);
    return printChanges({ database, terminal }, await findChanges(before.supergraph, supergraph), flags);
  },

  async promote(context, [number], { reason = '', needs }) {
    const { database, terminal, by } = context;
    const version = await requireVersion(database, number);
    if (needs !== undefined) {
      const checks = await printPlatforms(context, version);
      const conforming = checks.filter(conforms).length;
      const needed = parseThreshold(needs, checks.length);
      if (conforming < needed) {
        terminal.error(
          `${conforming} of ${checks.length} platforms conform; ${needed} are needed. Nothing is promoted.\n`,
        );
        return 1;
      }
    }
    const move = await promote(database, version.number, { by, reason });
    terminal.out(`Version ${move.version} is promoted.\n`);
    return 0;
  },

  async rollback({ database, terminal, by }, _, { reason = '' }) {
    const move = await rollback(database, { by, reason });
    terminal.out(`Version ${move.version} is served again.\n`);
    return 0;
  },

  async platforms(context, [number]) {
    const { database } = context;
    const version = number === undefined ? await requirePromoted(database) : await requireVersion(database, number);
    return (await printPlatforms(context, version)).every(conforms) ? 0 : 1;
  },

  async usage({ database, terminal }, coordinates, flags) {
    const since = sinceOf(flags);
    const usage = await readUsage(database, coordinates.length > 0 ? { since, coordinates } : { since });
    const rows = usage.map(({ coordinate, audience, caller, uses, firstDay, lastDay }) => [
      coordinate,
      audience,
      caller,
      String(uses),
      firstDay,
      lastDay,
    ]);
    terminal.out(printColumns(['COORDINATE', 'VIEW', 'CALLER', 'USES', 'FIRST', 'LAST'], rows));
    return 0;
  },

  async prune({ database, terminal }, _, { before }) {
    if (before === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(before))
      throw new UsageError('Say up to which day usage goes: --before YYYY-MM-DD.');
    terminal.out(`${await deleteUsageBefore(database, before)} rows of usage before ${before} are deleted.\n`);
    return 0;
  },
};

/** The program's own standard. */
function composeStandard(): SchemaTexts {
  const composition = composeProject();
  if (composition.kind === 'failed') throw new Error(`the subgraphs do not compose: ${composition.errors.join('; ')}`);
  const subgraphs = Object.fromEntries(SUBGRAPH_NAMES.map((name) => [name, printSubgraphSchema(readSubgraph(name))]));
  return { supergraph: composition.supergraph, subgraphs, standard: standardVersion() };
}

async function readTexts(file: string): Promise<SchemaTexts> {
  try {
    const supergraph = await readFile(file, 'utf8');
    // Throws for a text that is no supergraph.
    await findChanges(supergraph, supergraph);
    return { supergraph, subgraphs: {}, standard: standardVersion() };
  } catch (error) {
    throw new UsageError(`${file} is no supergraph: ${(error as Error).message}.`);
  }
}

async function requireVersion(database: Database, text: string | undefined): Promise<RegisteredVersion> {
  if (text === undefined || !/^\d{1,9}$/.test(text)) throw new UsageError('Say which version, by its number.');
  const version = await readVersion(database, Number(text));
  if (!version) throw new UsageError(`There is no version ${text} in the registry.`);
  return version;
}

async function requirePromoted(database: Database): Promise<RegisteredVersion> {
  const version = await readPromoted(database);
  if (!version) throw new UsageError('No version is promoted yet; say which by its number.');
  return version;
}

/** 1 if somebody who used the schema lately would break. */
async function printChanges(
  { database, terminal }: Pick<ActionContext, 'database' | 'terminal'>,
  changes: readonly SchemaChange[],
  flags: ActionFlags,
): Promise<number> {
  const since = sinceOf(flags);
  const usage = await readUsage(database, { since });
  let broken = 0;
  for (const { level, message, affects } of changes) {
    terminal.out(`${level.padEnd(9)}  ${message}\n`);
    if (level === 'SAFE') continue;
    const users = usage.filter(({ coordinate }) =>
      affects.endsWith('.') ? coordinate.startsWith(affects) : coordinate === affects,
    );
    if (level === 'BREAKING' && users.length > 0) broken++;
    for (const { coordinate, audience, caller, uses, lastDay } of users)
      terminal.out(`           ${caller} (${audience}) used ${coordinate} ${uses} times, last on ${lastDay}\n`);
  }
  const breaking = changes.filter(({ level }) => level === 'BREAKING').length;
  terminal.out(
    changes.length === 0
      ? 'Nothing changes for clients.\n'
      : `${changes.length} changes, ${breaking} of them breaking; ${broken} of those break somebody who was there since ${since}.\n`,
  );
  return broken > 0 ? 1 : 0;
}

async function printPlatforms(context: ActionContext, version: RegisteredVersion): Promise<PlatformCheck[]> {
  const { database, terminal, networkFile } = context;
  const { platforms } = await readNetwork(await networkFile());
  const checks = await checkPlatforms(platforms, version);
  await recordChecks(database, version.number, checks);
  const rows = checks.map(({ platform, standard, outcome, breaches, lacks }) => [
    platform,
    standard ?? '–',
    outcome,
    String(breaches),
    String(lacks),
  ]);
  terminal.out(printColumns(['PLATFORM', 'STANDARD', `VERSION ${version.number}`, 'BREACHES', 'LACKS'], rows));
  const versions = [...new Set(checks.map(({ standard }) => standard ?? 'none stated'))].sort();
  const counts = versions.map(
    (name) => `${name}: ${checks.filter(({ standard }) => (standard ?? 'none stated') === name).length}`,
  );
  terminal.out(`${checks.filter(conforms).length} of ${checks.length} conform. Standard: ${counts.join(', ')}\n`);
  return checks;
}

function conforms({ outcome }: PlatformCheck): boolean {
  return outcome === 'CONFORMS' || outcome === 'PARTIAL';
}

function sinceOf({ days }: ActionFlags): string {
  const count = days === undefined ? DAYS_DEFAULT : Number(days);
  if (!Number.isInteger(count) || count < 0) throw new UsageError(`--days is "${days}"; expected a whole number.`);
  return new Date(Date.now() - count * DAY_MS).toISOString().slice(0, 10);
}
