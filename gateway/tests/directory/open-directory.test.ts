/** Law 1 without a policy: an open gateway with a directory calls every platform of a region. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createId } from '@yiwang/schema';
import type { Row } from '../support/toys/toy-data.ts';
import { startToyGateway, type ToyGateway, toyEntry } from '../support/toys/toy-gateway.ts';
import { startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

const row = (division: string, serial: number): Row => ({
  id: createId(division, 'R', serial),
  division,
  kind: 'A',
  size: serial,
  at: '2026-01',
});

let platforms: ToyPlatform[];
let gateway: ToyGateway;

beforeAll(async () => {
  platforms = [await startToyPlatform(), await startToyPlatform()];
  const [wuhan, yichang] = platforms as [ToyPlatform, ToyPlatform];
  wuhan.rows = [row('420106003', 1)];
  yichang.rows = [row('420502001', 2), row('420502001', 3)];
  gateway = await startToyGateway({
    platforms: [toyEntry('420100', wuhan.url), toyEntry('420500', yichang.url)],
    open: true,
  });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all(platforms.map((platform) => platform.close()));
});

test('an open gateway asks every platform of a partitioned subgraph for a field', async () => {
  const { data, extensions } = await gateway.ask('{ list { id } }');
  expect(data.list).toHaveLength(3);
  expect(extensions?.coverage).toMatchObject({ asked: 2, answered: 2 });
});

test('no platform is asked for the name of the root type', async () => {
  const { data, extensions } = await gateway.ask('{ __typename }');
  expect([data, extensions]).toEqual([{ __typename: 'Query' }, undefined]);
});
