/** The national map in short: forty platforms as real servers, counted and not timed. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { divisions } from '@yiwang/schema';
import { type Asker, assertWhole, createAsker } from './asking.ts';
import { createBare } from './bare.ts';
import { type GatewayProcess, startGatewayProcess } from './gateway-process.ts';
import { lightCases } from './light-rows.ts';
import { measureFaults } from './measure-faults.ts';
import { measurePages } from './measure-pages.ts';
import { measureTree } from './measure-tree.ts';
import { nationalMap } from './national-map.ts';
import { type Platforms, startPlatforms } from './platforms.ts';
import { BY_COUNTY, STATISTIC } from './questions.ts';

const CITIES = 40;
const ROWS_EACH = 60;
const map = nationalMap();

test('the map is that of the table of divisions: every place once, in force, with a government', () => {
  expect([map.provinces.length, map.cities.length, map.districts.length]).toEqual([31, 337, 3_000]);
  const all = [...map.provinces, ...map.cities, ...map.districts];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { division } of all) expect(divisions().get(division)).toMatchObject({ nominal: false, validTo: null });
});

describe('forty cities', () => {
  let platforms: Platforms;
  let gateway: GatewayProcess;
  let asker: Asker;

  beforeAll(async () => {
    platforms = await startPlatforms(map.cities.slice(0, CITIES), { processes: 1, rowsEach: ROWS_EACH });
    // It looks at its files when it is told to, and does not take a slow machine for a late platform.
    gateway = await startGatewayProcess({
      entries: platforms.entries,
      env: {
        LIMIT_RELOAD_POLL_MS: '3600000',
        LIMIT_PLATFORM_DEADLINE_MS: '30000',
        LIMIT_OPERATION_DEADLINE_MS: '30000',
      },
    });
    asker = createAsker(gateway);
  });

  afterAll(async () => {
    await asker.close();
    await gateway.stop();
    await platforms.stop();
  });

  test.each([
    ['one group', STATISTIC],
    ['by county', BY_COUNTY],
  ])('a statistic of all of them, %s, is the sum of what each says, in one call each', async (_, question) => {
    const before = await platforms.state();
    const answer = await asker.ask(question, { headers: { 'x-yiwang-explain': 'coverage' } });
    const { calls, last = {} } = await platforms.state({ withLast: true });
    expect(Object.entries(calls).filter(([id, count]) => count !== before.calls[id]! + 1)).toEqual([]);
    expect(answer.errors).toEqual([]);
    expect(answer.coverage).toMatchObject({ asked: CITIES, answered: CITIES, complete: false });
    const groups = answer.data.caseStatistics as { counts: { reported: number } }[];
    const reported = groups.reduce((sum, { counts }) => sum + counts.reported, 0);
    const bare = createBare(platforms.entries);
    expect((await bare.ask(last)).reported).toBe(reported);
    await bare.close();
    expect(reported).toBe(CITIES * ROWS_EACH);
  });

  test('pages come in order and without a row twice; platforms give a share of one each, and a few of them more', async () => {
    for (const { calls, rows, rowsMax } of await measurePages(asker, platforms, 4)) {
      expect(calls).toBeGreaterThanOrEqual(CITIES);
      expect(calls).toBeLessThanOrEqual(1.5 * CITIES);
      expect(rows).toBeLessThanOrEqual(CITIES * 50 * 0.25);
      expect(rowsMax).toBeLessThanOrEqual(50);
    }
  });

  test('a tree of gateways answers as the flat network of the same cities does, with a connection for each gateway', async () => {
    const { cities, provinces, figures } = await measureTree(platforms, { provinces: 2, rounds: 1 });
    const [flat, tree] = figures;
    expect([cities, provinces]).toEqual([23, 2]);
    expect([flat!.connections, tree!.connections]).toEqual([cities, provinces]);
  });

  test('a straggler and dead platforms are listed, and cost no more than their own part', async () => {
    const [well, late, dead] = await measureFaults(asker, platforms, { rounds: 1, deadlineMs: 3_000 });
    expect(well).toMatchObject({ asked: CITIES, answered: CITIES, statuses: [] });
    expect(late).toMatchObject({ asked: CITIES, answered: CITIES - 1, statuses: ['LATE'] });
    expect(dead).toMatchObject({ asked: CITIES, answered: CITIES - 2, statuses: ['UNREACHABLE'] });
  });

  test('SIGHUP has the files loaded anew, by a process that goes on answering', async () => {
    expect(await gateway.metric('yiwang_generation')).toBe(1);
    await gateway.writeNetwork(platforms.entries.slice(1));
    gateway.signal('SIGHUP');
    while ((await gateway.metric('yiwang_generation')) === 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await asker.ask(STATISTIC)).data.caseStatistics[0].counts.reported).toBe((CITIES - 1) * ROWS_EACH);
    await gateway.writeNetwork(platforms.entries);
    gateway.signal('SIGHUP');
    while ((await gateway.metric('yiwang_generation')) === 2) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  test('platforms that were dead answer again', async () => {
    const answer = await asker.ask(STATISTIC);
    assertWhole(answer);
    expect(answer.data.caseStatistics[0].counts.reported).toBe(CITIES * ROWS_EACH);
  });
});

test('rows are made from the division alone', () => {
  expect(lightCases('420100', 50)).toEqual(lightCases('420100', 50));
  expect(new Set(lightCases('420100', 50).map(({ id }) => id)).size).toBe(50);
});
