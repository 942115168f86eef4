import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import type { PlatformEntry } from '../../model/platform/network.ts';
import { createPlatformProbe } from './health.ts';

const HOUR_MS = 3_600_000;
let well: Server;
let hanging: Server;
let probes = 0;

beforeAll(async () => {
  well = createServer((_, response) => {
    probes++;
    response.end('{}');
  });
  hanging = createServer(() => undefined);
  for (const server of [well, hanging]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  for (const server of [well, hanging]) {
    server.closeAllConnections();
    server.close();
  }
});

function entryAt(server: Server, division: string): PlatformEntry {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return { id: `toy/${division}`, name: division, tier: 'MUNICIPAL', division, subgraphs: ['toy'], url };
}

function statesOf(limits: Partial<Limits>, platforms: () => readonly PlatformEntry[]) {
  const probe = createPlatformProbe(platforms, { ...DEFAULT_LIMITS, ...limits });
  return async () => (await probe()).map(({ state }) => state);
}

test('health reports what is known after probeWaitMs: a platform that hangs delays nobody', async () => {
  const entries = [entryAt(hanging, '420100'), entryAt(well, '420500')];
  const states = statesOf({ probeTimeoutMs: 2_000, probeWaitMs: 0 }, () => entries);
  expect(await states()).toEqual(['UNKNOWN', 'UNKNOWN']);
  while ((await states())[1] === 'UNKNOWN') await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await states()).toEqual(['UNKNOWN', 'ONLINE']);
  while ((await states())[0] === 'UNKNOWN') await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await states()).toEqual(['UNREACHABLE', 'ONLINE']);
});

test('probesInFlightMax limits the probes in flight', async () => {
  const held: ServerResponse[] = [];
  let most = 0;
  const slow = createServer((_, response) => {
    most = Math.max(most, held.push(response));
    // Time for one more to come, if it came.
    if (held.length === 2) setTimeout(() => held.splice(0).map((one) => one.end('{}')), 20);
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const entries = ['420100', '420500', '420600', '420700'].map((division) => entryAt(slow, division));
  const states = statesOf({ probesInFlightMax: 2, probeTimeoutMs: 2_000, probeWaitMs: 60_000 }, () => entries);
  expect([await states(), most]).toEqual([entries.map(() => 'ONLINE'), 2]);
  slow.closeAllConnections();
  slow.close();
});

test('a platform is probed once for all callers until the result expires', async () => {
  const entries = [entryAt(well, '420100')];
  probes = 0;
  const shared = statesOf({ probeCacheMs: HOUR_MS }, () => entries);
  expect(await Promise.all([shared(), shared(), shared()])).toEqual([['ONLINE'], ['ONLINE'], ['ONLINE']]);
  await shared();
  expect(probes).toBe(1);
  const fresh = statesOf({ probeCacheMs: 0 }, () => entries);
  await fresh();
  await fresh();
  expect(probes).toBe(3);
});

test('a platform that is new in the directory, or has another URL, is UNKNOWN until its first probe', async () => {
  let entries = [entryAt(well, '420100')];
  const states = statesOf({ probeCacheMs: HOUR_MS }, () => entries);
  expect(await states()).toEqual(['ONLINE']);
  entries = [{ ...entries[0]!, url: 'http://127.0.0.1:1/graphql' }, entryAt(well, '420500')];
  expect(await states()).toEqual(['UNKNOWN', 'UNKNOWN']);
});
