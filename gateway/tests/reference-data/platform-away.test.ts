/** A platform of reference data that is away: cached data replaces it, but never if it refuses the passport. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import { type Answer, type CountryPlatform, well } from '../support/country-platform.ts';
import {
  away,
  JIANGAN,
  JIANGHAN,
  JOIN,
  joined,
  type NamesWorld,
  startNamesWorld,
  WUCHANG,
} from '../support/names-world.ts';
import type { ToyEngine } from '../support/toys/toy-engine.ts';
import type { ToyPlatform } from '../support/toys/toy-platform.ts';

let world: NamesWorld;
let rows: ToyPlatform;
let names: CountryPlatform;
let engine: ToyEngine;
let clockMs: number;

beforeAll(async () => {
  world = await startNamesWorld();
  ({ rows, names } = world);
});

beforeEach(async () => {
  clockMs = 1_000_000;
  jest.spyOn(performance, 'now').mockImplementation(() => clockMs);
  world.reset();
  engine = await world.startEngine();
});

afterEach(async () => {
  await engine.close();
  jest.restoreAllMocks();
});

afterAll(() => world.close());

describe('a platform that is away', () => {
  beforeEach(async () => {
    await engine.ask(JOIN);
    clockMs += DEFAULT_LIMITS.referenceFreshMs;
    names.answer = away;
  });

  test('is replaced by cached data; coverage says STALE, and there is no error', async () => {
    const { data, errors, coverage } = await engine.ask(JOIN);
    expect([data, errors]).toEqual([joined(JIANGAN, WUCHANG), []]);
    expect(coverage).toMatchObject({ asked: 2, answered: 1, complete: false });
    expect(coverage?.platforms).toMatchObject([
      { platform: 'names/100000', status: 'STALE', path: ['list', 0, 'division'] },
    ]);
    expect(coverage?.platforms[0]?.reason).toEqual(expect.any(String));
    expect(names.calls.length).toBeGreaterThan(1);
  });

  test('is missing as usual if one entity is not cached, and then no stale data is used', async () => {
    rows.rows = [WUCHANG, JIANGHAN];
    const { data, errors, coverage } = await engine.ask(JOIN);
    expect(data).toMatchObject({ list: [{ division: { name: null } }, { division: { name: null } }] });
    expect(errors).toMatchObject([{ path: ['list', 0, 'division'], extensions: { code: 'PLATFORM_UNREACHABLE' } }]);
    expect(coverage?.platforms).toMatchObject([{ status: 'UNREACHABLE' }]);
  });

  test('is missing for the entities that are not cached, if the others are fresh', async () => {
    names.answer = well;
    await engine.ask(JOIN);
    names.answer = away;
    rows.rows = [WUCHANG, JIANGHAN];
    const { data, coverage } = await engine.ask(JOIN);
    expect(data).toMatchObject({ list: [{ division: { name: null } }, { division: { name: '420106003 in zh' } }] });
    expect(coverage?.platforms).toMatchObject([{ status: 'UNREACHABLE', path: ['list', 0, 'division'] }]);
  });

  test('is replaced by cached data up to the age limit, and not beyond', async () => {
    clockMs += DEFAULT_LIMITS.referenceStaleMs - DEFAULT_LIMITS.referenceFreshMs - 1;
    expect((await engine.ask(JOIN)).errors).toEqual([]);
    clockMs += 1;
    expect((await engine.ask(JOIN)).errors).toMatchObject([{ extensions: { code: 'PLATFORM_UNREACHABLE' } }]);
  });

  test('counts as missing for `complete`', async () => {
    const { data, errors } = await engine.ask(JOIN, { completeness: 1 });
    expect([data, errors]).toMatchObject([null, [{ extensions: { code: 'INCOMPLETE' } }]]);
  });
});

describe('a platform that refuses the passport', () => {
  const says =
    (status: number, code: string, data?: null): Answer =>
    (_call, _well, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ data, errors: [{ message: 'no', extensions: { code } }] }));
    };
  const denials: readonly [string, Answer][] = [
    ['401', says(401, 'UNAUTHENTICATED')],
    ['403', says(403, 'PURPOSE_REQUIRED')],
    ['429', says(429, 'QUOTA_EXCEEDED')],
    ['401 without a body', (_call, _well, response) => void response.writeHead(401).end()],
    ['an error that says so', says(200, 'OUT_OF_SCOPE', null)],
  ];

  test.each(denials)(
    'with %s is not stood in for: what others were given says nothing of this caller',
    async (_, no) => {
      await engine.ask(JOIN);
      clockMs += DEFAULT_LIMITS.referenceFreshMs;
      names.answer = no;
      const { data, errors, coverage } = await engine.ask(JOIN);
      expect(data).toMatchObject({ list: [{ division: { name: null } }, { division: { name: null } }] });
      expect(errors).toMatchObject([{ path: ['list', 0, 'division'], extensions: { code: 'PLATFORM_REFUSED' } }]);
      expect(coverage?.platforms).toMatchObject([{ platform: 'names/100000', status: 'REFUSED' }]);
    },
  );

  test('is not one whose breaker is open: that is replaced by cached data', async () => {
    await engine.close();
    engine = await world.startEngine(undefined, { breakerFailures: 1 });
    await engine.ask(JOIN);
    clockMs += DEFAULT_LIMITS.referenceFreshMs;
    names.answer = away;
    await engine.ask(JOIN);
    names.calls.length = 0;
    const { data, coverage } = await engine.ask(JOIN);
    // A look at whether it is well asks for nothing of it.
    expect(names.calls.filter(({ query }) => query !== '{__typename}')).toEqual([]);
    expect(data).toEqual(joined(JIANGAN, WUCHANG));
    expect(coverage?.platforms).toMatchObject([{ status: 'STALE' }]);
  });
});
