/**
 * Real platforms of the municipal subgraph and the hotline, apart and on one server, with an engine over them; and one
 * platform that has all rows.
 */
import { readFileSync } from 'node:fs';
import { createGraphQLScalars, prefixOf, regionOf, type Tier } from '@yiwang/schema';
import {
  createTestPassport,
  startTestPlatform,
  type TestPlatform,
  testPassportKeys,
} from '@yiwang/scripts/testing/platform.ts';
import { parse } from 'graphql';
import { hotline } from '../../../subgraphs/hotline/module.ts';
import { insertRows, type Row } from '../../../subgraphs/municipal/fixtures/rows.ts';
import { municipal } from '../../../subgraphs/municipal/module.ts';
import type { SignPassport } from '../../identify/index.ts';
import { createCancelController } from '../../kit/concurrency/cancel-controller.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import type { PlatformEntry } from '../../model/platform/network.ts';
import type { Coverage } from '../../model/validated-operation.ts';
import { PATIENT_LIMITS } from '../support/patient-limits.ts';
import { readWholeView } from '../support/read-views.ts';
import { startTestEngine, type TestEngine } from '../support/test-engine.ts';
import type { Signer } from '../support/toys/lower-gateway.ts';
import { EVERYBODY } from '../support/toys/toy-engine.ts';

export const SUPERGRAPH = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');

const MODULES = { municipal, hotline };
const VIEW = readWholeView(SUPERGRAPH, createGraphQLScalars());

/** Wuhan's server is both; Wuchang and one of its streets run their own; Yichang has a server for each. */
export const SITES = [
  site('420100', 'MUNICIPAL', ['municipal', 'hotline']),
  site('420106', 'DISTRICT', ['municipal']),
  site('420106003', 'STREET', ['municipal']),
  site('420500', 'MUNICIPAL', ['municipal']),
  site('420500', 'MUNICIPAL', ['hotline']),
];

export interface Site {
  readonly id: string;
  readonly division: string;
  readonly tier: Tier;
  readonly subgraphs: readonly (keyof typeof MODULES)[];
}

function site(division: string, tier: Tier, subgraphs: Site['subgraphs']): Site {
  return { id: `${subgraphs[0]}/${division}`, division, tier, subgraphs };
}

export interface Rows {
  readonly cases: readonly Row[];
  readonly requests: readonly Row[];
}

/** Of a city alone: no district holds a copy. */
const TOPICS = [
  { id: '420100-T-1', division: '420100', month: '2026-10', title: '环境卫生', category: '40101' },
  { id: '420100-T-2', division: '420100', month: '2026-10', title: '停车难', category: '40401' },
  { id: '420500-T-1', division: '420500', month: '2026-10', title: '环境卫生', category: '40101' },
  { id: '420500-T-2', division: '420500', month: '2026-09', title: '环境卫生', category: '40101' },
];

export interface HotlineAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever they asked for
  readonly data: any;
  readonly errors: readonly { readonly code: unknown; readonly path: readonly unknown[] | undefined }[];
  readonly coverage: Coverage | undefined;
}

export interface HotlineWorld {
  readonly entries: readonly PlatformEntry[];
  readonly platforms: ReadonlyMap<string, TestPlatform>;
  /** Gives each platform the rows that it answers for, and copies of those of the platforms below it; `whole` has all. */
  spread(rows: Rows): Promise<void>;
  /** Asks the platforms as a supervisor of the division; default: of the country. */
  ask(query: string, division?: string): Promise<HotlineAnswer>;
  askWhole(query: string, division?: string): Promise<HotlineAnswer>;
  close(): Promise<void>;
}

/** An engine over the platforms of a directory. */
export async function startHotlineEngine(
  entries: readonly PlatformEntry[],
  limits: Partial<Limits> = {},
  signPassport: SignPassport = (claims) => createTestPassport(claims.aud, claims),
): Promise<{ ask: HotlineWorld['ask']; close(): Promise<void> }> {
  const engine = await startTestEngine({
    supergraph: SUPERGRAPH,
    network: { platforms: entries },
    signPassport,
    cursorSecret: 'a secret of the tests',
    limits: { ...DEFAULT_LIMITS, ...PATIENT_LIMITS, ...limits },
    standard: true,
  });
  return { ask: (query, division = '100000') => execute(engine, query, division), close: () => engine.close() };
}

async function execute(engine: TestEngine, query: string, division: string): Promise<HotlineAnswer> {
  const { data, errors, coverage } = await engine.execute({
    ...{ document: parse(query), hash: query, operationName: undefined, variables: {}, coerced: {} },
    view: VIEW,
    rights: { ...EVERYBODY, region: regionOf(division), division, fingerprint: division },
    completeness: 0,
    explainCoverage: true,
    deadlineMs: PATIENT_LIMITS.operationDeadlineMs,
    requestId: 'test',
    signal: createCancelController().signal,
  });
  return {
    data: data && JSON.parse(data.bytes.toString()),
    errors: errors.map(({ extensions, path }) => ({ code: extensions.code, path })),
    coverage,
  };
}

/** `signers`: gateways whose passports the platforms accept, besides those of the engine. */
export async function startHotlineWorld(signers: readonly Signer[] = []): Promise<HotlineWorld> {
  const passportKeys = { keys: [...(await testPassportKeys()).keys, ...signers.map(({ key }) => key.publicJwk)] };
  const start = (identity: Site) =>
    startTestPlatform({ identity, passportKeys, modules: identity.subgraphs.map((name) => MODULES[name]) });
  const everything = site('100000', 'NATIONAL', ['municipal', 'hotline']);
  const [whole, ...started] = await Promise.all([everything, ...SITES].map(start));
  await insertTopics(whole!, everything);
  for (const [index, each] of SITES.entries()) await insertTopics(started[index]!, each);
  const platforms = new Map(SITES.map(({ id }, index) => [id, started[index]!]));
  const entries = SITES.map((each) => toEntry(each, platforms.get(each.id)!.url));
  const [many, one] = await Promise.all([
    startHotlineEngine(entries),
    startHotlineEngine([toEntry(everything, whole!.url)]),
  ]);
  return {
    entries,
    platforms,
    ask: many.ask,
    askWhole: one.ask,
    async spread(rows) {
      await replaceRows(whole!, everything, rows);
      for (const each of SITES) await replaceRows(platforms.get(each.id)!, each, rows);
    },
    async close() {
      await Promise.all([many.close(), one.close()]);
      await Promise.all([whole!, ...started].map((platform) => platform.close()));
    },
  };
}

export function toEntry({ id, division, tier, subgraphs }: Site, url: string): PlatformEntry {
  return { id, name: id, tier, division, subgraphs, url };
}

async function insertTopics(platform: TestPlatform, { division, subgraphs }: Site): Promise<void> {
  if (!subgraphs.includes('hotline')) return;
  const own = TOPICS.filter((topic) => topic.division.startsWith(prefixOf(division)));
  await insertRows(platform, 'monthly_topics', own);
  await insertRows(
    platform,
    'monthly_topic_categories',
    own.map(({ id, division: city, category }) => ({ topic: id, division: city, category })),
  );
}

/** All rows of its division: a city holds copies of what its districts answer for. */
async function replaceRows(platform: TestPlatform, { division, subgraphs }: Site, rows: Rows): Promise<void> {
  const isWithin = (row: Row): boolean => String(row.division).startsWith(prefixOf(division));
  for (const [table, subgraph] of [
    ['cases', 'municipal'],
    ['requests', 'hotline'],
  ] as const) {
    if (!subgraphs.includes(subgraph)) continue;
    await platform.seed(`truncate ${table}`);
    await insertRows(platform, table, rows[table].filter(isWithin));
  }
}
