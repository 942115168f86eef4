/** Compares a tree of gateways (one national over a few provincial ones) with the flat network of the same cities. */
import { fileURLToPath } from 'node:url';
import type { PlatformEntry } from '@yiwang/gateway/model/platform/network.ts';
import { assertComplete, createGatewayClient, type GatewayClient } from '../gateway/gateway-client.ts';
import { type GatewayProcess, startGatewayProcess } from '../gateway/gateway-process.ts';
import { percentile } from '../percentile.ts';
import type { StubPlatforms } from '../stubs/stub-platforms.ts';
import { PAGE, STATISTIC } from './queries.ts';

export interface TreeFigures {
  readonly network: 'flat' | 'tree';
  readonly statisticMs: number;
  readonly pageMs: number;
  /** Calls of city platforms for the first page. */
  readonly calls: number;
  readonly rows: number;
  /** Peak of connections from the national gateway to the servers that it calls. */
  readonly connections: number;
}

export interface Tree {
  readonly cities: number;
  readonly provinces: number;
  readonly figures: readonly TreeFigures[];
}

export interface TreeOptions {
  /** Number of provinces, those with the most cities first. */
  readonly provinces: number;
  readonly rounds: number;
}

/** A slow machine must not look like a late platform, nor the check of a platform's schema like a second connection. */
const SETTINGS = {
  LIMIT_PLATFORM_DEADLINE_MS: '30000',
  LIMIT_OPERATION_DEADLINE_MS: '30000',
  SCHEMA_CHECKS: 'off',
};
const COUNT_CONNECTIONS = fileURLToPath(new URL('../gateway/count-connections.js', import.meta.url));

/** Throws if the two networks answer differently. */
export async function measureTree(platforms: StubPlatforms, { provinces, rounds }: TreeOptions): Promise<Tree> {
  const byProvince = largestProvinces(platforms.entries, provinces);
  const cities = [...byProvince.values()].flat();
  const national = await startGatewayProcess({
    entries: cities,
    env: SETTINGS,
    nodeFlags: ['--import', COUNT_CONNECTIONS],
  });
  const client = createGatewayClient(national);
  const below: GatewayProcess[] = [];
  try {
    const flat = await measureNetwork('flat', { client, national, platforms, rounds });
    const entries: PlatformEntry[] = [];
    for (const [province, own] of byProvince) {
      const env = {
        ...SETTINGS,
        RELAY_PLATFORMS: relayId(province),
        RELAY_PASSPORT_KEYS: national.passportKeysFile,
      };
      const gateway = await startGatewayProcess({ entries: own, env });
      below.push(gateway);
      entries.push(relayEntry(province, gateway.url));
    }
    await national.writeNetwork(entries);
    national.signal('SIGHUP');
    while ((await national.metric('yiwang_schema_version')) === 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    const tree = await measureNetwork('tree', { client, national, platforms, rounds });
    if (JSON.stringify(flat.answers) !== JSON.stringify(tree.answers)) throw new Error('the tree answers otherwise');
    return { cities: cities.length, provinces: below.length, figures: [flat.figures, tree.figures] };
  } finally {
    await client.close();
    await Promise.all([national, ...below].map((gateway) => gateway.stop()));
  }
}

/** Code of the province → its cities; provinces with the most cities first. */
function largestProvinces(entries: readonly PlatformEntry[], count: number): Map<string, PlatformEntry[]> {
  const all = new Map<string, PlatformEntry[]>();
  for (const entry of entries.filter(({ subgraphs }) => subgraphs.includes('municipal'))) {
    const province = `${entry.division.slice(0, 2)}0000`;
    all.set(province, [...(all.get(province) ?? []), entry]);
  }
  return new Map([...all].sort(([, a], [, b]) => b.length - a.length).slice(0, count));
}

function relayId(province: string): string {
  return `municipal/${province}`;
}

function relayEntry(division: string, url: string): PlatformEntry {
  const platformUrl = new URL('/platform', url).href;
  return {
    id: relayId(division),
    name: division,
    tier: 'PROVINCIAL',
    division,
    subgraphs: ['municipal'],
    url: platformUrl,
  };
}

interface MeasuredNetwork {
  readonly client: GatewayClient;
  readonly national: GatewayProcess;
  readonly platforms: StubPlatforms;
  readonly rounds: number;
}

async function measureNetwork(
  network: TreeFigures['network'],
  { client, national, platforms, rounds }: MeasuredNetwork,
): Promise<{ figures: TreeFigures; answers: readonly unknown[] }> {
  const first = await platforms.state();
  const page = await client.request(PAGE);
  assertComplete(page);
  const then = await platforms.state();
  const next = await client.request(PAGE, { variables: { after: page.data.cases.pageInfo.endCursor } });
  const statistic = await client.request(STATISTIC);
  for (const answer of [next, statistic]) assertComplete(answer);
  const timeOf = async (question: string): Promise<number> => {
    const samples: number[] = [];
    for (let round = -Math.ceil(rounds / 4); round < rounds; round++) {
      const answer = await client.request(question);
      assertComplete(answer);
      if (round >= 0) samples.push(answer.elapsedMs);
    }
    return percentile(samples, 0.5);
  };
  const [statisticMs, pageMs] = [await timeOf(STATISTIC), await timeOf(PAGE)];
  const { connections } = await national.send<{ connections: number }>({ kind: 'connections' });
  const difference = (what: 'calls' | 'rows') => total(then[what]) - total(first[what]);
  const figures = { network, statisticMs, pageMs, calls: difference('calls'), rows: difference('rows'), connections };
  return { figures, answers: [page.data, next.data, statistic.data] };
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((a, b) => a + b, 0);
}
