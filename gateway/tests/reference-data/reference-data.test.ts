/** Joins with reference data over real HTTP: fresh data is not fetched again. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import { createPlanner } from '../../plan/index.ts';
import { type Answer, type Call, type CountryPlatform, well } from '../support/country-platform.ts';
import {
  away,
  JIANGAN,
  JIANGHAN,
  JOIN,
  joined,
  type Key,
  type NamesWorld,
  NOWHERE,
  row,
  startNamesWorld,
  WUCHANG,
} from '../support/names-world.ts';
import type { ToyEngine, ToyRequest } from '../support/toys/toy-engine.ts';
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

const asked = ({ variables }: Call) => Object.values(variables).flat() as Key[];
const codesAsked = () => names.calls.map((call) => asked(call).map(({ code }) => code));

/** Waits, without a clock, for what goes on over HTTP. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

describe('fresh reference data', () => {
  test('is not fetched a second time, and is the same', async () => {
    const first = await engine.ask(JOIN, { explain: true });
    const second = await engine.ask(JOIN, { explain: true });
    expect([first.data, first.errors]).toEqual([joined(JIANGAN, WUCHANG), []]);
    expect([second.data, second.errors]).toEqual([first.data, []]);
    expect(names.calls).toHaveLength(1);
    expect(second.coverage).toMatchObject({ asked: 1, answered: 1, complete: false });
  });

  test('is complete at any depth, and a copy of its own in each answer', async () => {
    const deep = '{ list { division { seat { street lines { text } } } } }';
    const answers = [await engine.ask(deep), await engine.ask(deep), await engine.ask(deep)];
    expect(names.calls).toHaveLength(1);
    for (const { data } of answers) expect(data).toEqual(answers[0]!.data);
    expect(JSON.stringify(answers[0]!.data)).toContain('"lines":[{"text":"a"},{"text":"b"}]');
  });

  test('is left out of the next request', async () => {
    await engine.ask(JOIN);
    rows.rows = [WUCHANG, JIANGAN, JIANGHAN];
    expect((await engine.ask(JOIN)).data).toEqual(joined(JIANGAN, JIANGHAN, WUCHANG));
    expect((await engine.ask(JOIN)).data).toEqual(joined(JIANGAN, JIANGHAN, WUCHANG));
    expect(codesAsked()).toEqual([[JIANGAN.division, WUCHANG.division], [JIANGHAN.division]]);
  });

  test('includes entities that do not exist', async () => {
    rows.rows = [WUCHANG, row(NOWHERE, 4)];
    const answers = [await engine.ask(JOIN), await engine.ask(JOIN)];
    for (const { data, errors } of answers) {
      expect(data).toMatchObject({ list: [{ division: { name: '420106003 in zh' } }, { division: { name: null } }] });
      expect(errors).toEqual(answers[0]!.errors);
    }
    expect(names.calls).toHaveLength(1);
  });

  test('is fetched again when it expires, and not before', async () => {
    await engine.ask(JOIN);
    clockMs += DEFAULT_LIMITS.referenceFreshMs - 1;
    await engine.ask(JOIN);
    expect(names.calls).toHaveLength(1);
    clockMs += 1;
    await engine.ask(JOIN);
    await engine.ask(JOIN);
    expect(names.calls).toHaveLength(2);
  });

  test('is stale once a platform reports another version', async () => {
    await engine.ask(JOIN);
    names.version = 'v2';
    rows.rows = [JIANGHAN];
    await engine.ask(JOIN);
    rows.rows = [WUCHANG];
    await engine.ask(JOIN);
    expect(codesAsked().slice(1)).toEqual([[JIANGHAN.division], [WUCHANG.division]]);
  });

  test('is never that of an older version, even if the last caller shared the first request', async () => {
    const inEnglish = '{ list { division { name(language: "en") } } }';
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    names.answer = async (_call, ask) => released.then(ask);
    const first = engine.ask(JOIN);
    await until(() => names.calls.length === 1);
    clockMs += 1;
    Object.assign(names, { version: 'v2', answer: well });
    await engine.ask(inEnglish);
    clockMs += 1;
    const last = engine.ask(JOIN);
    await until(() => engine.callsShared === 1);
    release();
    await Promise.all([first, last]);
    expect(names.calls).toHaveLength(2);
    // What the newer version gave is still there, and nothing of the older.
    await engine.ask(inEnglish);
    expect(names.calls).toHaveLength(2);
    await engine.ask(JOIN);
    expect(names.calls).toHaveLength(3);
  });

  test('is fresh from the request that reported its version on, also for calls that shared it', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    names.answer = async (_call, ask) => released.then(ask);
    const first = engine.ask(JOIN);
    await until(() => names.calls.length === 1);
    clockMs += 100;
    const last = engine.ask(JOIN);
    await until(() => engine.callsShared === 1);
    release();
    await Promise.all([first, last]);
    clockMs += DEFAULT_LIMITS.referenceFreshMs - 101;
    await engine.ask(JOIN);
    expect(names.calls).toHaveLength(1);
    clockMs += 1;
    await engine.ask(JOIN);
    expect(names.calls).toHaveLength(2);
  });

  test('is never that of partitioned platforms, whatever version they report', async () => {
    rows.reference = 'v1';
    const statistics = '{ list { division { statistics { counts { rows } } } } }';
    await engine.ask(statistics);
    await engine.ask(statistics);
    rows.reference = undefined;
    expect(rows.calls).toHaveLength(4);
  });
});

describe('law 6: callers share cache entries only if they may see the same', () => {
  const others: readonly [string, ToyRequest][] = [
    ['of another view', { view: 'open' }],
    ['of fewer classes', { rights: { classes: ['OPEN'], fingerprint: 'less' } }],
    ['of clear values', { rights: { unmasked: true, fingerprint: 'clear' } }],
  ];

  test.each(others)('a caller %s has entries of their own', async (_, question) => {
    await engine.ask(JOIN);
    await engine.ask(JOIN, question);
    expect(names.calls).toHaveLength(2);
    await engine.ask(JOIN, question);
    expect(names.calls).toHaveLength(2);
  });

  test.each(others)('what was kept for others does not stand in for a caller %s', async (_, question) => {
    await engine.ask(JOIN);
    names.answer = away;
    const { errors } = await engine.ask(JOIN, question);
    expect(errors).toMatchObject([{ extensions: { code: 'PLATFORM_UNREACHABLE' } }]);
  });

  test('callers with the same rights to the data share entries', async () => {
    await engine.ask(JOIN);
    await engine.ask(JOIN, { rights: { subject: 'another', fingerprint: 'another' } });
    expect(names.calls).toHaveLength(1);
  });
});

describe('variables', () => {
  const NAMED = 'query($language: String) { list { division { name(language: $language) } } }';
  const answers = async (variables: Record<string, unknown>) => {
    const { data } = await engine.ask(NAMED, { variables });
    return (data as { list: { division: { name: string } }[] }).list[0]!.division.name;
  };

  test('with other values have entries of their own; null, absent and equal-looking text are other values', async () => {
    const given = [{}, { language: null }, { language: 'null' }, { language: 'en' }];
    const expected = ['zh', 'null', 'null', 'en'].map((language) => `420102001 in ${language}`);
    for (const _ of ['asked', 'known']) {
      const got = [];
      for (const variables of given) got.push(await answers(variables));
      expect(got).toEqual(expected);
    }
    expect(names.calls).toHaveLength(given.length);
  });
});

describe('not kept', () => {
  const answers: readonly [string, version: string | undefined, Answer][] = [
    ['without a version', undefined, well],
    ['with what is no version', 'a b', well],
    ['with an error', 'v1', async (_, ask) => ({ ...(await ask()), errors: [{ message: 'of a part' }] })],
    [
      'with fewer entries than were asked for',
      'v1',
      async (_, ask) => ({ data: { _entities: ((await ask()).data!._entities as unknown[]).slice(1) } }),
    ],
    [
      'with more entries than were asked for',
      'v1',
      async (_, ask) => ({ data: { _entities: [...((await ask()).data!._entities as unknown[]), null] } }),
    ],
  ];

  test.each(answers)('is an answer %s', async (_, version, answer) => {
    Object.assign(names, { version, answer });
    await engine.ask(JOIN);
    Object.assign(names, { version: 'v1', answer: well });
    expect(await engine.ask(JOIN)).toMatchObject({ data: joined(JIANGAN, WUCHANG), errors: [] });
    expect(codesAsked()).toEqual([codesAsked()[0], codesAsked()[0]]);
  });
});

describe('aliases of planners', () => {
  test('two lookups of one entity in one fetch stay apart', async () => {
    const two = `{
      list { division { name seat { street } } }
      statistics(groupBy: "DIVISION") { key { division { name(language: "en") } } }
    }`;
    const answers = [await engine.ask(two), await engine.ask(two)];
    names.answer = away;
    answers.push(await engine.ask(two));
    clockMs += DEFAULT_LIMITS.referenceFreshMs;
    answers.push(await engine.ask(two));
    const codes = [JIANGAN.division, WUCHANG.division];
    const expected = {
      list: codes.map((code) => ({ division: { name: `${code} in zh`, seat: { street: `street of ${code}` } } })),
      statistics: codes.map((code) => ({ key: { division: { name: `${code} in en` } } })),
    };
    for (const { data, errors } of answers) expect([data, errors]).toEqual([expected, []]);
    // One fetch with two lookups, asked for at first and in vain when it was old.
    expect(names.calls[0]?.query).toMatch(/_e0: .*_e1: /);
    expect(new Set(names.calls.map(({ query }) => query)).size).toBe(1);
  });

  test('renamed outputs are right from the cache, also while the platform is away', async () => {
    // One planner gives the titles a name each, since they may be null in streets alone; the other does not.
    await engine.close();
    engine = await world.startEngine((supergraph) => createPlanner(supergraph, { primary: 'apollo' }));
    const titles = '{ places { id title } }';
    const expected = {
      places: [
        { id: 'p', title: 'title of p' },
        { id: 's', title: 'title of s' },
      ],
    };
    const answers = [await engine.ask(titles), await engine.ask(titles), await engine.ask(titles)];
    expect(names.calls.map(({ query }) => query)).toEqual([expect.stringMatching(/title__alias_0/)]);
    names.answer = away;
    clockMs += DEFAULT_LIMITS.referenceFreshMs;
    answers.push(await engine.ask(titles), await engine.ask(titles));
    for (const { data, errors } of answers) expect([data, errors]).toEqual([expected, []]);
  });
});
