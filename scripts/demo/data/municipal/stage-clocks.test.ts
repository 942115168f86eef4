/** Clocks of cases and requests in the graph, worked out from rows of the demo in PostgreSQL. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hotline } from '@yiwang/hotline';
import { municipal } from '@yiwang/municipal';
import { startTestPlatform, type TestPlatform } from '../../../testing/platform.ts';
import { ownRegion, platformOf } from '../../platforms.ts';
import { DATA_END } from '../data-period.ts';
import { generateHotline, generateMunicipal } from './generate.ts';
import { type Batch, COLUMNS } from './tables.ts';

type Row = Readonly<Record<string, unknown>>;

const TABLES: ReadonlySet<string> = new Set(['cases', 'case_stages', 'requests', 'request_stages']);
const OPTIONS = { scale: 0.02, now: DATA_END };
const rows = new Map<string, Row[]>();

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ modules: [municipal, hotline], now: () => new Date(DATA_END) });
  const wuhan = platformOf('municipal/420100');
  const area = { id: wuhan.id, division: wuhan.division, region: ownRegion(wuhan) };
  await load(generateMunicipal(area, OPTIONS));
  await load(generateHotline({ city: wuhan.division, platforms: [area] }, OPTIONS));
});
afterAll(() => platform.close());

async function load(batches: Iterable<Batch>): Promise<void> {
  for (const { table, rows: some } of batches) {
    if (!TABLES.has(table)) continue;
    rows.set(table, [...(rows.get(table) ?? []), ...some]);
    const columns = COLUMNS[table].join(', ');
    await platform.seed(
      `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(some)],
    );
  }
}

interface Clock {
  readonly clock: string;
  readonly dueAt: string | null;
  readonly finishedAt: string | null;
  readonly usedSeconds: number;
  readonly overdue: boolean;
}

const CLOCKS = 'stageClocks { clock startedAt dueAt finishedAt usedSeconds pausedSeconds overdue }';
const instant = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : null);

describe('clocks in the graph', () => {
  test('the clocks of every case say what its columns say', async () => {
    const { data, errors } = await platform.ask(`{ cases(first: 200) { nodes { id dueAt closedAt onTime overdue
      clocks { acceptSeconds handleSeconds totalSeconds } ${CLOCKS} } } }`);
    expect(errors).toEqual([]);
    const nodes = data?.cases.nodes as (Record<string, unknown> & { stageClocks: Clock[]; clocks: Row })[];
    expect(nodes.length).toBeGreaterThan(150);
    for (const node of nodes) {
      const clock = (name: string) => node.stageClocks.find((one) => one.clock === name);
      const total = clock('TOTAL');
      expect([node.id, instant(total?.dueAt)]).toEqual([node.id, instant(node.dueAt)]);
      const accept = clock('ACCEPT');
      if (accept?.finishedAt) expect([node.id, accept.usedSeconds]).toEqual([node.id, node.clocks.acceptSeconds]);
      if (node.closedAt !== null && total !== undefined) {
        expect(total).toMatchObject({ usedSeconds: node.clocks.totalSeconds, overdue: node.onTime === false });
      }
      if (node.overdue) expect(total?.overdue).toBe(true);
    }
  });

  test('the clocks of every request say what its columns say', async () => {
    const { data, errors } = await platform.ask(`{ requests(first: 400) { nodes { id dueAt signDueAt signedAt urgent
      answeredAt answeredAtOnce ${CLOCKS} stages { action officer } } } }`);
    expect(errors).toEqual([]);
    const nodes = data?.requests.nodes as (Record<string, unknown> & { stageClocks: Clock[] })[];
    expect(nodes.length).toBeGreaterThan(300);
    for (const node of nodes) {
      const clock = (name: string) => node.stageClocks.find((one) => one.clock === name);
      expect([node.id, instant(clock('ANSWER')?.dueAt)]).toEqual([node.id, instant(node.dueAt)]);
      expect([node.id, instant(clock('SIGN')?.finishedAt)]).toEqual([node.id, instant(node.signedAt)]);
      if (node.answeredAtOnce) expect(clock('ANSWER')).toBeUndefined();
    }
  });

  test('stages that the table does not allow give null and STANDARD_BREACH at their own row alone', async () => {
    const [good, bad] = rows.get('cases')!.map((row) => String(row.id));
    await platform.seed(`update case_stages set actor_post = 'HANDLER' where case_id = $1 and seq = 1`, [bad]);
    const ask = (id: string | undefined) => platform.ask(`{ case(id: "${id}") { id ${CLOCKS} } }`);
    const { data, errors } = await ask(bad);
    expect(data?.case).toEqual({ id: bad, stageClocks: null });
    expect(errors).toMatchObject([{ extensions: { code: 'STANDARD_BREACH' }, path: ['case', 'stageClocks'] }]);
    expect(errors[0]?.message).toContain('Stage 1, ');
    expect((await ask(good)).errors).toEqual([]);
  });
});
