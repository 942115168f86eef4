/** Rows that break rules of the standard, from one of two platforms over real HTTP: it alone loses values, and is told. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Row } from '../support/toys/toy-data.ts';
import type { ToyEngine } from '../support/toys/toy-engine.ts';
import type { ToyPlatform } from '../support/toys/toy-platform.ts';
import { createToyConformance } from '../support/toys/toy-rules.ts';
import { row, startTwoCities, type TwoCities, WUHAN, YICHANG } from '../support/toys/two-cities.ts';

const conformance = createToyConformance();
let cities: TwoCities;
let yichang: ToyPlatform;
let engine: ToyEngine;

beforeAll(async () => {
  cities = await startTwoCities({}, { conformance });
  ({ yichang, engine } = cities);
});

beforeEach(() => {
  cities.reset();
  conformance.reset();
});

afterAll(() => cities.close());

const changed = (change: Partial<Row>) => [{ ...YICHANG[0]!, ...change }, YICHANG[1]!];
const ID = YICHANG[0]!.id;
const breach = (rule: string, path: readonly (string | number)[], platform: string | undefined = 'toy/420500') => ({
  path,
  message: `a value does not meet the standard: the message of ${rule}`,
  extensions: { code: 'STANDARD_BREACH', rule, ...(platform === undefined ? {} : { platform }) },
});
const brief = (errors: readonly { message: string; path?: unknown; extensions: unknown }[]) =>
  errors.map(({ message, path, extensions }) => ({
    path,
    message: message.replace(/(of [A-Z]+-\d+):.*/, '$1'),
    extensions,
  }));

describe('a value that breaks a rule is null, and its error names rule and platform', () => {
  test.each<[string, Partial<Row>, string, string]>([
    ['a range', { size: 101 }, 'ROW-1', 'size'],
    ['a list', { kind: 'C' }, 'ROW-2', 'kind'],
    ['a length', { at: 'yesterday' }, 'ROW-4', 'at'],
  ])('for %s', async (_kind, change, rule, key) => {
    yichang.rows = changed(change);
    const { data, errors } = await engine.ask('{ list { id kind size at } }');
    const rows = data!.list as (Record<string, unknown> | null)[];
    const bad = rows[2];
    // `kind` and `at` always have a value: the row is null, and no more than the row.
    if (key === 'size') expect(bad).toMatchObject({ id: ID, size: null, kind: 'A' });
    else expect(bad).toBeNull();
    expect(rows.filter((_, i) => i !== 2)).toEqual([...WUHAN, YICHANG[1]!].map(({ division: _, ...rest }) => rest));
    expect(brief(errors)).toEqual([breach(rule, ['list', 2, key])]);
    expect(conformance.findings).toEqual([
      { platform: 'toy/420500', rule, count: 1, samples: [{ coordinate: `Row.${key}`, id: ID }] },
    ]);
  });

  test('for codes of two fields, in a page, in its nodes and its edges', async () => {
    yichang.rows = [{ ...YICHANG[1]!, division: '420502002' }, YICHANG[0]!];
    const { data, errors } = await engine.ask(
      '{ rows(first: 3) { nodes { id division { code } } edges { node { size id place: division { it: code } } } totalCount } }',
    );
    const { nodes, edges, totalCount } = data!.rows as {
      nodes: (object | null)[];
      edges: ({ node: unknown } | null)[];
      totalCount: number;
    };
    expect(nodes.map((node) => node === null)).toEqual([true, false, false]);
    expect(edges.map((edge) => edge === null)).toEqual([true, false, false]);
    expect(totalCount).toBe(4);
    expect(brief(errors)).toEqual([
      breach('ROW-3', ['rows', 'nodes', 0, 'division', 'code']),
      breach('ROW-3', ['rows', 'edges', 0, 'node', 'place', 'it']),
    ]);
    expect(conformance.findings).toMatchObject([{ platform: 'toy/420500', rule: 'ROW-3', count: 2 }]);
  });

  test('for a field under several keys, which are all null, and for one in a fragment', async () => {
    yichang.rows = changed({ size: -1 });
    const { data, errors } = await engine.ask(
      'query { list { ...Sizes } } fragment Sizes on Row { id a: size ... on Row { b: size } }',
    );
    expect((data!.list as unknown[])[2]).toEqual({ id: ID, a: null, b: null });
    expect(brief(errors)).toEqual([breach('ROW-1', ['list', 2, 'a'])]);
  });

  test('for one object that a platform owns: the root field is null, and others are not', async () => {
    yichang.rows = changed({ kind: 'C' });
    const { data, errors } = await engine.ask(`{ row(id: "${ID}") { id kind } total }`);
    expect(data).toEqual({ row: null, total: 1 + 2 + 3 + 4 });
    expect(brief(errors)).toEqual([breach('ROW-2', ['row', 'kind'])]);
  });

  test('unless a rule needs a field that is not selected: nothing is fetched for it', async () => {
    yichang.rows = [{ ...YICHANG[0]!, division: '420502002' }];
    const { errors } = await engine.ask('{ list { division { code } } }');
    expect(errors).toEqual([]);
    expect(yichang.calls.every(({ query }) => !/\bid\b(?!:)/.test(query.replace(/__yw_\w+: id/g, '')))).toBe(true);
  });

  test('and several rules of one object are told side by side', async () => {
    yichang.rows = changed({ size: 101, kind: 'C' });
    const { errors } = await engine.ask('{ list { id kind size } }');
    expect(brief(errors)).toEqual([breach('ROW-1', ['list', 2, 'size']), breach('ROW-2', ['list', 2, 'kind'])]);
  });

  test('and a value that is not of its type counts as a breach of the rule TYPE', async () => {
    const named = (rows: unknown) => (rows as object[]).map((item, i) => (i === 0 ? { ...item, id: true } : item));
    yichang.behaviour = { kind: 'change', change: (data) => ({ ...data, list: named(data.list) }) };
    const { data, errors } = await engine.ask('{ list { id size } }');
    expect((data!.list as unknown[]).map((item) => item === null)).toEqual([false, false, true, false]);
    expect(errors).toMatchObject([
      { path: ['list', 2, 'id'], extensions: { code: 'STANDARD_BREACH', rule: 'TYPE', platform: 'toy/420500' } },
    ]);
    expect(conformance.findings).toMatchObject([{ platform: 'toy/420500', rule: 'TYPE', count: 1 }]);
  });
});

describe('modes', () => {
  const QUESTION = '{ list { id size } }';
  const bothBad = () => {
    yichang.rows = changed({ size: 101 });
    cities.wuhan.rows = [{ ...WUHAN[0]!, size: 102 }];
  };

  test('observe: the value stays, no error, and the finding is counted', async () => {
    bothBad();
    conformance.modes.set('ROW-1', 'observe');
    const { data, errors } = await engine.ask(QUESTION);
    expect((data!.list as { size: number }[]).map(({ size }) => size)).toEqual([102, 101, 4]);
    expect(errors).toEqual([]);
    expect(conformance.findings.map(({ platform, count }) => [platform, count])).toEqual([
      ['toy/420100', 1],
      ['toy/420500', 1],
    ]);
  });

  test('a mode is of a rule and a platform: the other platform is held to the rule', async () => {
    bothBad();
    conformance.modes.set('ROW-1 toy/420500', 'observe');
    const { data, errors } = await engine.ask(QUESTION);
    expect((data!.list as { size: number }[]).map(({ size }) => size)).toEqual([null, 101, 4]);
    expect(brief(errors)).toEqual([breach('ROW-1', ['list', 0, 'size'], 'toy/420100')]);
  });
});

describe('errors', () => {
  test('are bounded for each rule and platform, and the last says how many more there are', async () => {
    yichang.rows = Array.from({ length: 400 }, (_, i) => ({ ...row('420502001', i + 1), size: 1_000 + i }));
    const { data, errors } = await engine.ask('{ list { id size } }');
    expect(data?.list).toHaveLength(402);
    expect(errors).toHaveLength(10);
    expect(errors[9]).toMatchObject({
      message: expect.stringContaining('; 390 more like it'),
      extensions: { rule: 'ROW-1', more: 390 },
    });
    expect(conformance.findings).toMatchObject([{ rule: 'ROW-1', count: 400 }]);
    expect(conformance.findings[0]?.samples).toHaveLength(3);
  });

  test('are counted once, though a large answer is written in several attempts', async () => {
    const small = await startTwoCities({ parseSliceBytes: 2_000 }, { conformance });
    small.yichang.rows = Array.from({ length: 300 }, (_, i) => ({ ...row('420502001', i + 1), size: 1_000 }));
    const { data } = await small.engine.ask('{ list { id size } }');
    await small.close();
    expect(data?.list).toHaveLength(302);
    expect(conformance.findings).toMatchObject([{ rule: 'ROW-1', count: 300 }]);
  });

  test('name no platform to the public', async () => {
    yichang.rows = changed({ size: 101 });
    const { errors } = await engine.ask('{ list { id size } }', { rights: { audience: 'open' } });
    expect(brief(errors)).toEqual([
      { ...breach('ROW-1', ['list', 2, 'size']), extensions: { code: 'STANDARD_BREACH', rule: 'ROW-1' } },
    ]);
  });

  test('contain nothing of the value', async () => {
    yichang.rows = changed({ kind: 'a secret' });
    const { errors } = await engine.ask('{ list { id kind } }');
    expect(JSON.stringify([errors, conformance.findings])).not.toContain('secret');
  });
});

test('an answer that keeps every rule is as it is without checks', async () => {
  const question =
    '{ list { id kind size at division { code } } rows { nodes { id } totalCount } statistics(groupBy: "DIVISION") { counts { rows size } rates { big { value } } } }';
  const plain = await startTwoCities();
  const [checked, unchecked] = [await engine.ask(question), await plain.engine.ask(question)];
  await plain.close();
  expect(checked.errors).toEqual([]);
  expect(checked.data).toEqual(unchecked.data);
  expect(conformance.findings).toEqual([]);
});

test('a row of one platform alone is null as it is beside the rows of others', async () => {
  const question = '{ list(within: "420500") { id kind } rows(within: "420500") { nodes { id kind } } }';
  yichang.rows = changed({ kind: 'C' });
  const { data } = await engine.ask(question);
  const good = { id: YICHANG[1]!.id, kind: 'A' };
  expect(data).toEqual({ list: [null, good], rows: { nodes: [good, null] } });
});
