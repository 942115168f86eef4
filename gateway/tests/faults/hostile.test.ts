/** Hostile input of clients and platforms: names with a meaning in JavaScript, and the engine's own names. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createId } from '@yiwang/schema';
import type { Row } from '../support/toys/toy-data.ts';
import { startToyEngine, type ToyEngine } from '../support/toys/toy-engine.ts';
import { startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

const row = (division: string, serial: number): Row => ({
  id: createId(division, 'R', serial),
  division,
  kind: 'A',
  size: null,
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
});

beforeEach(() => {
  wuhan.rows = [row('420106003', 1)];
  yichang.rows = [row('420502001', 2)];
  wuhan.behaviour = { kind: 'well' };
});

afterAll(async () => {
  await Promise.all([engine.close(), wuhan.close(), yichang.close()]);
});

/** Names that every object of the language has, and such as the engine and planners use. */
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '__yw_k0',
  '__yw_small',
  '__yw_n',
  '__1',
  '__',
];

describe('response keys', () => {
  test.each(NAMES)('%s is a response key like any other at every position', async (name) => {
    const { data, errors } = await engine.ask(`{
      ${name}: list { ${name}: division { ${name}: code deep: statistics { ${name}: counts { ${name}: rows } } } size }
      none: row(id: "420106003-R-9") { ${name}: id }
      own: row(id: "420106003-R-1") { ${name}: size }
    }`);
    expect(errors).toEqual([]);
    const item = (code: string) =>
      named(name, { deep: [named(name, named(name, 1))], ...named(name, code) }, { size: null });
    expect(JSON.parse(JSON.stringify(data))).toEqual(
      named(name, [item('420106003'), item('420502001')], { none: null, own: named(name, null) }),
    );
  });

  test('a hostile key of a client or a platform never reaches Object.prototype', async () => {
    await engine.ask('{ __proto__: list { division { __proto__: statistics { counts { polluted: rows } } } } }');
    wuhan.behaviour = {
      kind: 'change',
      change: (data) => ('_entities' in data ? JSON.parse(POLLUTING) : data),
    };
    await engine.ask('{ list { division { statistics { counts { rows } } } } }');
    expect('polluted' in {}).toBe(false);
  });
});

const POLLUTING = '{"_entities":[{"__typename":"Division","statistics":[],"__proto__":{"polluted":1}}]}';

describe('the name of the root type', () => {
  test('is answered without a platform, alone and beside gathered fields', async () => {
    expect((await engine.ask('{ __typename total a: __typename }')).data).toEqual({
      __typename: 'Query',
      total: 0,
      a: 'Query',
    });
    expect((await engine.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  });
});

/** An object whose first key may be `__proto__`. */
function named(name: string, value: unknown, rest: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries([[name, value], ...Object.entries(rest)]);
}
