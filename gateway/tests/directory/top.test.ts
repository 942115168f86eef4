/** Groups are cut to `top` by a platform that has all of them, otherwise after the merge. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Row } from '../support/toys/toy-data.ts';
import { startToyEngine, type ToyEngine } from '../support/toys/toy-engine.ts';
import { startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

const row = (division: string, kind: string, size: number): Row => ({
  id: `${division}-R-${kind}${size}`,
  division,
  kind,
  size,
  at: '2026-01',
});

let wuhan: ToyPlatform;
let yichang: ToyPlatform;
let engine: ToyEngine;

beforeAll(async () => {
  [wuhan, yichang] = await Promise.all([startToyPlatform(), startToyPlatform()]);
  engine = await startToyEngine([
    { division: '420100', platform: wuhan },
    { division: '420500', platform: yichang },
  ]);
  wuhan.rows = [row('420106003', 'A', 5), row('420106003', 'B', 4), row('420106003', 'C', 1)];
  yichang.rows = [row('420502001', 'B', 2), row('420502001', 'C', 9)];
});

beforeEach(() => {
  wuhan.calls.length = 0;
  yichang.calls.length = 0;
});

afterAll(() => Promise.all([engine.close(), wuhan.close(), yichang.close()]));

const ask = (within: string, rights: object = {}) =>
  engine.ask(
    `{ statistics(within: "${within}", groupBy: "KIND", orderBy: { by: "counts.size" }, top: 1) { key { kind } } }`,
    { rights },
  );

const topsAsked = (platform: ToyPlatform) =>
  platform.calls.map(({ variables }) => Object.entries(variables).find(([name]) => name.includes('top'))?.[1]);

test('a platform that has all groups cuts them to `top` itself', async () => {
  expect((await ask('420100')).data).toEqual({ statistics: [{ key: { kind: 'A' } }] });
  expect(topsAsked(wuhan)).toEqual([1]);
});

test('groups on several platforms are cut after the merge: the top of each need not be the top of all', async () => {
  expect((await ask('42')).data).toEqual({ statistics: [{ key: { kind: 'C' } }] });
  expect([...topsAsked(wuhan), ...topsAsked(yichang)]).toEqual([null, null]);
});

test('groups of which some may be withheld are cut after withholding', async () => {
  await ask('420100', { audience: 'open' });
  expect(topsAsked(wuhan)).toEqual([null]);
});
