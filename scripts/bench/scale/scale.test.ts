/** The national map in short: forty platforms as real servers. Calls and rows are counted; nothing is timed. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { divisions } from '@yiwang/schema';
import { assertComplete, createGatewayClient, type GatewayClient } from '../gateway/gateway-client.ts';
import { type GatewayProcess, startGatewayProcess } from '../gateway/gateway-process.ts';
import { createNationalMap } from '../stubs/national-map.ts';
import { createStubCases } from '../stubs/stub-cases.ts';
import { type StubPlatforms, startStubPlatforms } from '../stubs/stub-platforms.ts';
import { createDirectBaseline } from './direct-baseline.ts';
import { measureFaults } from './measure-faults.ts';
import { measurePages } from './measure-pages.ts';
import { measureTree } from './measure-tree.ts';
import { BY_COUNTY, STATISTIC } from './queries.ts';

const CITIES = 40;
const ROWS_EACH = 60;
const map = createNationalMap();

test('the national map lists each division of the table once, in force and with a government', () => {
  expect([map.provinces.length, map.cities.length, map.districts.length]).toEqual([31, 337, 3_000]);
  const all = [...map.provinces, ...map.cities, ...map.districts];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { division } of all) expect(divisions().get(division)).toMatchObject({ nominal: false, validTo: null });
});

describe('forty cities', () => {
  let platforms: StubPlatforms;
  let gateway: GatewayProcess;
  let client: GatewayClient;

  beforeAll(async () => {
    platforms = await startStubPlatforms(map.cities.slice(0, CITIES), { processes: 1, rowsEach: ROWS_EACH });
    // It reloads only on SIGHUP, and its deadlines allow for a slow machine.
    gateway = await startGatewayProcess({
      entries: platforms.entries,
      env: {
        LIMIT_RELOAD_POLL_MS: '3600000',
        LIMIT_PLATFORM_DEADLINE_MS: '30000',
        LIMIT_OPERATION_DEADLINE_MS: '30000',
      },
    });
    client = createGatewayClient(gateway);
  });

  afterAll(async () => {
    await client.close();
    await gateway.stop();
    await platforms.stop();
  });

  test.each([
    ['one group', STATISTIC],
    ['by county', BY_COUNTY],
  ])('a statistic over all platforms, %s, is the sum of one call to each', async (_, question) => {
    const before = await platforms.state();
    const answer = await client.request(question, { headers: { 'x-yiwang-explain': 'coverage' } });
    const { calls, last = {} } = await platforms.state({ withLast: true });
    expect(Object.entries(calls).filter(([id, count]) => count !== before.calls[id]! + 1)).toEqual([]);
    expect(answer.errors).toEqual([]);
    expect(answer.coverage).toMatchObject({ asked: CITIES, answered: CITIES, complete: false });
    const groups = answer.data.caseStatistics as { counts: { reported: number } }[];
    const reported = groups.reduce((sum, { counts }) => sum + counts.reported, 0);
    const baseline = createDirectBaseline(platforms.entries);
    expect((await baseline.request(last)).reported).toBe(reported);
    await baseline.close();
    expect(reported).toBe(CITIES * ROWS_EACH);
  });

  test('pages are ordered and repeat no row, and platforms send about a quarter of a page each', async () => {
    for (const { calls, rows, rowsMax } of await measurePages(client, platforms, 4)) {
      expect(calls).toBeGreaterThanOrEqual(CITIES);
      expect(calls).toBeLessThanOrEqual(1.5 * CITIES);
      expect(rows).toBeLessThanOrEqual(CITIES * 50 * 0.25);
      expect(rowsMax).toBeLessThanOrEqual(50);
    }
  });

  test('a tree of gateways answers as the flat network of the same cities, over one connection for each gateway', async () => {
    const { cities, provinces, figures } = await measureTree(platforms, { provinces: 2, rounds: 1 });
    const [flat, tree] = figures;
    expect([cities, provinces]).toEqual([23, 2]);
    expect([flat!.connections, tree!.connections]).toEqual([cities, provinces]);
  });

  test('a slow platform and stopped ones are listed in coverage, and the others answer', async () => {
    const [well, late, dead] = await measureFaults(client, platforms, { rounds: 1, deadlineMs: 3_000 });
    expect(well).toMatchObject({ asked: CITIES, answered: CITIES, statuses: [] });
    expect(late).toMatchObject({ asked: CITIES, answered: CITIES - 1, statuses: ['LATE'] });
    expect(dead).toMatchObject({ asked: CITIES, answered: CITIES - 2, statuses: ['UNREACHABLE'] });
  });

  test('SIGHUP makes a running gateway reload its files', async () => {
    expect(await gateway.metric('yiwang_schema_version')).toBe(1);
    await gateway.writeNetwork(platforms.entries.slice(1));
    gateway.signal('SIGHUP');
    while ((await gateway.metric('yiwang_schema_version')) === 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await client.request(STATISTIC)).data.caseStatistics[0].counts.reported).toBe((CITIES - 1) * ROWS_EACH);
    await gateway.writeNetwork(platforms.entries);
    gateway.signal('SIGHUP');
    while ((await gateway.metric('yiwang_schema_version')) === 2)
      await new Promise((resolve) => setTimeout(resolve, 10));
  });

  test('platforms that were down answer again', async () => {
    const answer = await client.request(STATISTIC);
    assertComplete(answer);
    expect(answer.data.caseStatistics[0].counts.reported).toBe(CITIES * ROWS_EACH);
  });
});

test('the cases of a stub platform depend on its division alone', () => {
  expect(createStubCases('420100', 50)).toEqual(createStubCases('420100', 50));
  expect(new Set(createStubCases('420100', 50).map(({ id }) => id)).size).toBe(50);
});
