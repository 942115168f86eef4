/** Joins with reference data over real HTTP: what is known and fresh is not asked for, and stands in for a platform that is away. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createId } from '@yiwang/schema';
import { composeSupergraph } from '@yiwang/schema/compose.ts';
import { parse } from 'graphql';
import { DEFAULT_LIMITS } from './model/limits.ts';
import { createPlanner } from './plan/index.ts';
import {
  type Answer,
  type Call,
  type CountryPlatform,
  startCountryPlatform,
  well,
} from './testing/country-platform.ts';
import { startToyEngine, type ToyEngine, type ToyQuestion, type ToyWorld } from './testing/toy-engine.ts';
import { startToyPlatform, TOY_SDL, type ToyPlatform } from './testing/toy-platform.ts';

const INDEX_SDL = `
  type Query { places: [Place!]! @classified(as: OPEN) }
  interface Place { id: ID! }
  type Park implements Place @key(fields: "id") @classified(as: OPEN) { id: ID! }
  type Street implements Place @key(fields: "id") @classified(as: OPEN) { id: ID! }
`;
const NAMES_SDL = `
  interface Place { id: ID! title: String }
  type Park implements Place @key(fields: "id") @classified(as: OPEN) { id: ID! title: String! }
  type Street implements Place @key(fields: "id") @classified(as: OPEN) { id: ID! title: String }
  type Division @key(fields: "code") @classified(as: OPEN) {
    code: DivisionCode! @jurisdiction
    name(language: String = "zh"): String
    seat: Seat
  }
  type Seat @classified(as: OPEN) { street: String! lines: [Line!]! }
  type Line @classified(as: OPEN) { text: String! }
`;

interface Key {
  readonly __typename: string;
  readonly id: string;
  readonly code: string;
}

function entityOf({ __typename, id, code }: Key): object | null {
  if (__typename !== 'Division') return { __typename, id, title: `title of ${id}` };
  if (code === NOWHERE) return null;
  return {
    __typename,
    code,
    name: ({ language }: { language: string | null }) => `${code} in ${language}`,
    seat: { street: `street of ${code}`, lines: [{ text: 'a' }, { text: 'b' }] },
  };
}

const NOWHERE = '420115001';
const row = (division: string, serial: number) => {
  return { id: createId(division, 'R', serial), division, kind: 'A', size: serial, at: '2026-01' };
};
const WUCHANG = row('420106003', 1);
const JIANGAN = row('420102001', 2);
const JIANGHAN = row('420103001', 3);

let rows: ToyPlatform;
let names: CountryPlatform;
let index: CountryPlatform;
let supergraph: string;
let engine: ToyEngine;
let clockMs: number;

beforeAll(async () => {
  const composition = composeSupergraph([
    { name: 'toy', sdl: TOY_SDL },
    { name: 'names', sdl: parse(NAMES_SDL) },
    { name: 'index', sdl: parse(INDEX_SDL) },
  ]);
  if (composition.kind === 'failed') throw new Error(composition.errors.join('\n'));
  supergraph = composition.supergraph;
  rows = await startToyPlatform();
  names = await startCountryPlatform(
    `${NAMES_SDL} union _Entity = Division | Park | Street
     type Query { _entities(representations: [_Any!]!): [_Entity]! }`,
    { _entities: ({ representations }: { representations: Key[] }) => representations.map(entityOf) },
  );
  index = await startCountryPlatform(INDEX_SDL, {
    places: [
      { __typename: 'Park', id: 'p' },
      { __typename: 'Street', id: 's' },
    ],
  });
});

beforeEach(async () => {
  clockMs = 1_800_000_000_000;
  jest.spyOn(Date, 'now').mockImplementation(() => clockMs);
  rows.rows = [WUCHANG, JIANGAN];
  rows.calls.length = 0;
  names.version = 'v1';
  names.answer = well;
  names.calls.length = 0;
  engine = await startEngine();
});

function startEngine(planner?: ToyWorld['planner']): Promise<ToyEngine> {
  return startToyEngine(
    [{ division: '420100', platform: rows }],
    { platformDeadlineMs: 1_000, breakerFailures: 1_000 },
    {
      supergraph,
      others: [
        { subgraph: 'names', url: names.url },
        { subgraph: 'index', url: index.url },
      ],
      ...(planner ? { planner } : {}),
    },
  );
}

afterEach(async () => {
  await engine.close();
  jest.restoreAllMocks();
});

afterAll(async () => {
  names.close();
  index.close();
  await rows.close();
});

const JOIN = '{ list { id division { code name } } }';
const joined = (...given: readonly { id: string; division: string }[]) => ({
  list: given.map(({ id, division: code }) => ({ id, division: { code, name: `${code} in zh` } })),
});
const away: Answer = (_call, _well, response) => void response.destroy();
const asked = ({ variables }: Call) => Object.values(variables).flat() as Key[];
const codesAsked = () => names.calls.map((call) => asked(call).map(({ code }) => code));

describe('what is known and fresh', () => {
  test('costs no fetch the second time, and is the same', async () => {
    const first = await engine.ask(JOIN, { explain: true });
    const second = await engine.ask(JOIN, { explain: true });
    expect([first.data, first.errors]).toEqual([joined(JIANGAN, WUCHANG), []]);
    expect([second.data, second.errors]).toEqual([first.data, []]);
    expect(names.calls).toHaveLength(1);
    expect(second.coverage).toMatchObject({ asked: 1, answered: 1, complete: true });
  });

  test('is whole, however deep, and each answer’s own', async () => {
    const deep = '{ list { division { seat { street lines { text } } } } }';
    const answers = [await engine.ask(deep), await engine.ask(deep), await engine.ask(deep)];
    expect(names.calls).toHaveLength(1);
    for (const { data } of answers) expect(data).toEqual(answers[0]!.data);
    expect(JSON.stringify(answers[0]!.data)).toContain('"lines":[{"text":"a"},{"text":"b"}]');
  });

  test('is left out of what is asked for', async () => {
    await engine.ask(JOIN);
    rows.rows = [WUCHANG, JIANGAN, JIANGHAN];
    expect((await engine.ask(JOIN)).data).toEqual(joined(JIANGAN, JIANGHAN, WUCHANG));
    expect((await engine.ask(JOIN)).data).toEqual(joined(JIANGAN, JIANGHAN, WUCHANG));
    expect(codesAsked()).toEqual([[JIANGAN.division, WUCHANG.division], [JIANGHAN.division]]);
  });

  test('may be that it does not exist', async () => {
    rows.rows = [WUCHANG, row(NOWHERE, 4)];
    const answers = [await engine.ask(JOIN), await engine.ask(JOIN)];
    for (const { data, errors } of answers) {
      expect(data).toMatchObject({ list: [{ division: { name: '420106003 in zh' } }, { division: { name: null } }] });
      expect(errors).toEqual(answers[0]!.errors);
    }
    expect(names.calls).toHaveLength(1);
  });

  test('is asked for again when its time is over, and not before', async () => {
    await engine.ask(JOIN);
    clockMs += DEFAULT_LIMITS.referenceFreshMs - 1;
    await engine.ask(JOIN);
    expect(names.calls).toHaveLength(1);
    clockMs += 1;
    await engine.ask(JOIN);
    await engine.ask(JOIN);
    expect(names.calls).toHaveLength(2);
  });

  test('is fresh no more when a version is told that is another', async () => {
    await engine.ask(JOIN);
    names.version = 'v2';
    rows.rows = [JIANGHAN];
    await engine.ask(JOIN);
    rows.rows = [WUCHANG];
    await engine.ask(JOIN);
    expect(codesAsked().slice(1)).toEqual([[JIANGHAN.division], [WUCHANG.division]]);
  });

  test('is not what partitioned platforms gave, whatever they say', async () => {
    rows.reference = 'v1';
    const statistics = '{ list { division { statistics { counts { rows } } } } }';
    await engine.ask(statistics);
    await engine.ask(statistics);
    rows.reference = undefined;
    expect(rows.calls).toHaveLength(4);
  });
});

describe('law 6: entries are shared by nobody who may not see the same', () => {
  const others: readonly [string, ToyQuestion][] = [
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

  test('who is somebody else with the same rights to the data shares them', async () => {
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

  test('of other values have other answers; null, none and text that looks alike are other values', async () => {
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

describe('a platform that is away', () => {
  beforeEach(async () => {
    await engine.ask(JOIN);
    clockMs += DEFAULT_LIMITS.referenceFreshMs;
    names.answer = away;
  });

  test('is stood in for by what is known; coverage says so, and there is no error', async () => {
    const { data, errors, coverage } = await engine.ask(JOIN);
    expect([data, errors]).toEqual([joined(JIANGAN, WUCHANG), []]);
    expect(coverage).toMatchObject({ asked: 2, answered: 1, complete: false });
    expect(coverage?.platforms).toMatchObject([
      { platform: 'names/100000', status: 'STALE', path: ['list', 0, 'division'] },
    ]);
    expect(coverage?.platforms[0]?.reason).toEqual(expect.any(String));
    expect(names.calls.length).toBeGreaterThan(1);
  });

  test('is missing as usual where one entity is not known, and then nothing is old', async () => {
    rows.rows = [WUCHANG, JIANGHAN];
    const { data, errors, coverage } = await engine.ask(JOIN);
    expect(data).toMatchObject({ list: [{ division: { name: null } }, { division: { name: null } }] });
    expect(errors).toMatchObject([{ path: ['list', 0, 'division'], extensions: { code: 'PLATFORM_UNREACHABLE' } }]);
    expect(coverage?.platforms).toMatchObject([{ status: 'UNREACHABLE' }]);
  });

  test('is missing for what is not known alone, where the rest is fresh', async () => {
    names.answer = well;
    await engine.ask(JOIN);
    names.answer = away;
    rows.rows = [WUCHANG, JIANGHAN];
    const { data, coverage } = await engine.ask(JOIN);
    expect(data).toMatchObject({ list: [{ division: { name: null } }, { division: { name: '420106003 in zh' } }] });
    expect(coverage?.platforms).toMatchObject([{ status: 'UNREACHABLE', path: ['list', 0, 'division'] }]);
  });

  test('is stood in for up to the limit, and not beyond', async () => {
    clockMs += DEFAULT_LIMITS.referenceStaleMs - DEFAULT_LIMITS.referenceFreshMs - 1;
    expect((await engine.ask(JOIN)).errors).toEqual([]);
    clockMs += 1;
    expect((await engine.ask(JOIN)).errors).toMatchObject([{ extensions: { code: 'PLATFORM_UNREACHABLE' } }]);
  });

  test('counts as not answered to who wants all of it', async () => {
    const { data, errors } = await engine.ask(JOIN, { completeness: 1 });
    expect([data, errors]).toMatchObject([null, [{ extensions: { code: 'INCOMPLETE' } }]]);
  });
});

describe('what planners do to the names of fields', () => {
  test('two lookups of one fetch on one entity do not mix', async () => {
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

  test('outputs that are renamed are right from the cache, too, and while the platform is away', async () => {
    // One planner gives the titles a name each, since they may be null in streets alone; the other does not.
    await engine.close();
    engine = await startEngine((sdl) => createPlanner(sdl, { first: 'apollo' }));
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
