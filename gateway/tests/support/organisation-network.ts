/** A real gateway over real platforms of departments: two cities, a province, the ministry, and an exchange with the directory. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { departments } from '@yiwang/departments';
import { exchange } from '@yiwang/exchange';
import { municipal } from '@yiwang/municipal';
import type { PlatformModule } from '@yiwang/platform';
import type { Tier } from '@yiwang/schema';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { pino } from 'pino';
import { readConfig } from '../../config/config.ts';
import { organisationsFileOf, prepareDemoKeys } from '../../config/keys.ts';
import { signToken, type TokenClaims } from '../../identify/index.ts';
import type { Limits } from '../../model/limits.ts';
import type { PlatformEntry } from '../../model/platform/network.ts';
import { type Gateway, startGateway } from '../../start/start-gateway.ts';
import { PATIENT_LIMITS } from './patient-limits.ts';
import type { ToyReply } from './toys/toy-gateway.ts';

export interface DepartmentRecord {
  readonly code: string;
  readonly name: string;
  readonly division: string;
  readonly serves: readonly string[];
  readonly tier: Tier;
  readonly parent?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly successor?: string;
}

export interface OrganisationNetwork {
  /** By id, such as `municipal/420100`. */
  readonly platforms: ReadonlyMap<string, TestPlatform>;
  readonly gateway: Gateway;
  readonly folder: string;
  readonly networkFile: string;
  /** The file of the gateway's copy of the directory. */
  readonly copyFile: string;
  /** Writes rows to the table `departments` of a platform, or to the exchange's `organisations`. */
  store(platform: string, records: readonly DepartmentRecord[]): Promise<void>;
  /** Starts a gateway of its own on the same files. */
  startGateway(limits?: Partial<Limits>): Promise<Gateway>;
  ask(query: string, options?: AskOptions): Promise<ToyReply>;
  /** A platform goes away for good. */
  stop(platform: string): Promise<void>;
  close(): Promise<void>;
}

export interface AskOptions {
  /** Default: the ministry's. */
  readonly claims?: Partial<TokenClaims>;
  readonly gateway?: Gateway;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const SERVERS: readonly (readonly [id: string, tier: Tier, modules: readonly PlatformModule[]])[] = [
  ['national/100000', 'NATIONAL', [departments]],
  ['provincial/420000', 'PROVINCIAL', [departments]],
  ['municipal/420100', 'MUNICIPAL', [municipal, departments]],
  ['municipal/420600', 'MUNICIPAL', [municipal, departments]],
  ['exchange/100000', 'NATIONAL', [exchange]],
];
const SUPERGRAPH = new URL('../../../schema/supergraph.graphql', import.meta.url);

export async function startOrganisationNetwork(limits: Partial<Limits> = {}): Promise<OrganisationNetwork> {
  const folder = await mkdtemp(join(tmpdir(), 'yiwang-organisations-'));
  const keys = await prepareDemoKeys(folder);
  const platforms = new Map<string, TestPlatform>();
  const entries: PlatformEntry[] = [];
  for (const [id, tier, modules] of SERVERS) {
    const division = id.slice(id.indexOf('/') + 1);
    const identity = { id, name: id, tier, division };
    const passportKeys = { keys: [keys.passport.publicJwk] };
    // A change of the directory shows with the next look at its version.
    const platform = await startTestPlatform({ modules, identity, passportKeys, limits: { referenceVersionMs: 0 } });
    platforms.set(id, platform);
    entries.push({ ...identity, subgraphs: modules.map(({ name }) => name), url: platform.url });
  }
  const networkFile = join(folder, 'network.json');
  await writeFile(networkFile, JSON.stringify({ platforms: entries }));
  const supergraphFile = join(folder, 'supergraph.graphql');
  await writeFile(supergraphFile, await readFile(SUPERGRAPH));
  const flags = ['--port', '0', '--data', folder, '--network', networkFile, '--supergraph', supergraphFile];
  const start = (more: Partial<Limits> = {}): Promise<Gateway> => {
    const config = readConfig(flags, { OPERATOR_PORT: 'off' });
    const log = pino({ level: 'silent' });
    return startGateway({
      config: { ...config, limits: { ...config.limits, ...PATIENT_LIMITS, ...limits, ...more } },
      log,
    });
  };
  const gateway = await start();
  return {
    platforms,
    gateway,
    folder,
    networkFile,
    copyFile: organisationsFileOf(folder),
    startGateway: start,
    async store(id, records) {
      const table = id.startsWith('exchange/') ? 'organisations' : 'departments';
      const rows = records.map(({ validFrom, validTo, ...row }) => ({
        ...row,
        ...{ valid_from: validFrom ?? null, valid_to: validTo ?? null },
      }));
      await platforms
        .get(id)!
        .seed(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [JSON.stringify(rows)]);
    },
    async ask(query, { claims = MINISTRY, gateway: asked = gateway, variables = {} } = {}) {
      const token = await signToken(keys.identity, { ...CALLER, ...claims }, { lifeSeconds: 600, nowMs: Date.now() });
      const response = await fetch(asked.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, ...((await response.json()) as Omit<ToyReply, 'status'>) };
    },
    async stop(id) {
      await platforms.get(id)!.close();
      platforms.delete(id);
    },
    async close() {
      await gateway.stop();
      await Promise.all([...platforms.values()].map((platform) => platform.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const MINISTRY = { tier: 'NATIONAL', division: '100000' };
const CALLER = { sub: 'somebody', tier: 'PUBLIC' };
