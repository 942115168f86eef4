/** The number of platforms that one fetch may call. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startToyEngine } from '../support/toys/toy-engine.ts';
import { startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

const CITIES = ['420100', '420500', '420600'];
let platforms: ToyPlatform[];

beforeAll(async () => {
  platforms = await Promise.all(CITIES.map(() => startToyPlatform()));
});

afterAll(async () => {
  await Promise.all(platforms.map((platform) => platform.close()));
});

test('fanOutMax: a fetch asks as many platforms, and none if there is one more', async () => {
  const engine = await startToyEngine(
    CITIES.map((division, i) => ({ division, platform: platforms[i]! })),
    { fanOutMax: 2 },
  );
  const ask = (within: readonly string[]) => {
    for (const platform of platforms) platform.calls.length = 0;
    const region = within.map((city) => [city.slice(0, 4), `${Number(city.slice(0, 4)) + 1}`] as const);
    return engine.ask('{ total }', { rights: { region, fingerprint: within.join() } });
  };
  expect(await ask(CITIES.slice(0, 2))).toMatchObject({ data: { total: 0 }, errors: [] });
  expect(platforms.map(({ calls }) => calls.length)).toEqual([1, 1, 0]);
  const { errors } = await ask(CITIES);
  expect(errors).toMatchObject([
    { path: ['total'], extensions: { code: 'TOO_COSTLY' }, message: expect.stringContaining('3 platforms') },
  ]);
  expect(platforms.map(({ calls }) => calls.length)).toEqual([0, 0, 0]);
  await engine.close();
});
