/** Values that one platform adds to the rows of another: whoever gave a value is blamed, and loses no more than its own. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { JIANGAN, JOIN, joined, type NamesWorld, startNamesWorld, WUCHANG } from '../support/names-world.ts';
import type { ToyEngine } from '../support/toys/toy-engine.ts';
import { createToyConformance, TOY_RULES, toRule } from '../support/toys/toy-rules.ts';

const conformance = createToyConformance([
  // The table has not all streets of these rows.
  ...TOY_RULES.filter(({ id }) => id !== 'DIVISION-1'),
  toRule({ id: 'SEAT-1', entity: 'Seat', kind: 'length', fields: ['street'], min: 1, max: 30 }),
  toRule({ id: 'PARK-1', entity: 'Park', kind: 'list', fields: ['title'], values: ['a park'] }),
]);
let world: NamesWorld;
let engine: ToyEngine;

beforeAll(async () => {
  world = await startNamesWorld();
  engine = await world.startEngine(undefined, {}, conformance);
});

beforeEach(() => {
  world.reset();
  // No name is cached.
  world.names.version = undefined;
  conformance.reset();
});

afterAll(async () => {
  await engine.close();
  await world.close();
});

const LONG = 'a name that is far too long for it';

/** Changes what the national platform says of entities. */
function changeEntities(change: (entity: object, index: number) => object): void {
  world.names.answer = async (_call, well) => {
    const answer = (await well()) as { data: { _entities?: object[] } };
    // The gateway looks whether a platform is there by another query.
    return answer.data._entities ? { data: { _entities: answer.data._entities.map(change) } } : answer;
  };
}

function changeFirst(change: object): void {
  changeEntities((entity, i) => (i === 0 ? { ...entity, ...change } : entity));
}

describe('a value that was joined', () => {
  test('is null alone: the row around it, and all others, stay', async () => {
    changeFirst({ name: LONG });
    const { data, errors } = await engine.ask(JOIN);
    const [first, second] = joined(JIANGAN, WUCHANG).list;
    expect(data).toEqual({ list: [{ ...first, division: { ...first!.division, name: null } }, second] });
    expect(errors).toMatchObject([
      { path: ['list', 0, 'division', 'name'], extensions: { rule: 'NAME-1', platform: 'names/100000' } },
    ]);
    expect(conformance.findings).toMatchObject([
      { platform: 'names/100000', rule: 'NAME-1', samples: [{ coordinate: 'Division.name', id: JIANGAN.division }] },
    ]);
  });

  test('bubbles within what its platform gave: the object that it added is null, and no more', async () => {
    changeFirst({ seat: { street: 'x'.repeat(31), lines: [] } });
    const { data, errors } = await engine.ask('{ list { id division { code seat { street lines { text } } } } }');
    const [first, second] = data!.list as { id: string; division: { seat: unknown } }[];
    expect(first).toEqual({ id: JIANGAN.id, division: { code: JIANGAN.division, seat: null } });
    expect(second?.division.seat).toMatchObject({ street: `street of ${WUCHANG.division}` });
    expect(errors).toMatchObject([{ extensions: { rule: 'SEAT-1', platform: 'names/100000' } }]);
  });

  test('is blamed on the platform of the row if the row gave it', async () => {
    world.rows.rows = [WUCHANG, { ...JIANGAN, kind: 'C' }];
    const { errors } = await engine.ask('{ list { id kind division { code name } } }');
    expect(errors).toMatchObject([{ path: ['list', 0, 'kind'], extensions: { platform: 'toy/420100' } }]);
  });

  test('is blamed on its platform though it came from the cache of reference data', async () => {
    world.names.version = 'long';
    changeFirst({ name: LONG });
    await engine.ask(JOIN);
    const calls = world.names.calls.length;
    const { errors } = await engine.ask(JOIN);
    expect(world.names.calls).toHaveLength(calls);
    expect(errors).toMatchObject([
      { path: ['list', 0, 'division', 'name'], extensions: { rule: 'NAME-1', platform: 'names/100000' } },
    ]);
  });

  test('that a type always has, of an object behind an interface, is null, and its object stays', async () => {
    const { data, errors } = await engine.ask(
      '{ places { __typename id ... on Park { title } ... on Street { name: title } } }',
    );
    expect(data?.places).toEqual([
      { __typename: 'Park', id: 'p', title: null },
      { __typename: 'Street', id: 's', name: 'title of s' },
    ]);
    expect(errors).toMatchObject([
      { path: ['places', 0, 'title'], extensions: { rule: 'PARK-1', platform: 'names/100000' } },
    ]);
  });
});

test('a null that is reported already breaks no rule', async () => {
  const rules = [toRule({ id: 'NAME-2', entity: 'Division', kind: 'required', fields: ['name'] })];
  const strict = createToyConformance(rules);
  const strictEngine = await world.startEngine(undefined, {}, strict);
  world.names.answer = (_call, _well, response) => void response.destroy();
  const { errors } = await strictEngine.ask(JOIN);
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['PLATFORM_UNREACHABLE']);
  expect(strict.findings).toEqual([]);
  changeEntities((entity) => ({ ...entity, name: null }));
  const missing = await strictEngine.ask(JOIN);
  await strictEngine.close();
  expect(missing.errors.map(({ extensions }) => extensions.rule)).toEqual(['NAME-2', 'NAME-2']);
  expect(strict.findings).toMatchObject([{ platform: 'names/100000', rule: 'NAME-2', count: 2 }]);
});

test('a breach is counted once, though its part of the text was begun anew after it grew too long', async () => {
  // What is fetched once is written for each row, so that the text is longer than all that came.
  const ROWS = 120;
  const counted = createToyConformance([...TOY_RULES.filter(({ id }) => id === 'ROW-1')]);
  const smallEngine = await world.startEngine(undefined, { parseSliceBytes: 24_000 }, counted);
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((alias) => `${alias}: name`).join(' ');
  world.rows.rows = Array.from({ length: ROWS }, (_, i) => ({ ...WUCHANG, id: `420106003-R-${i + 1}`, size: 101 }));
  const { data, errors } = await smallEngine.ask(`{ list { size division { ${names} } } }`);
  await smallEngine.close();
  expect(JSON.stringify(data).length).toBeGreaterThan(24_000);
  expect(errors.at(-1)?.extensions).toMatchObject({ rule: 'ROW-1', more: ROWS - 10 });
  expect(counted.findings).toMatchObject([{ rule: 'ROW-1', count: ROWS }]);
});
