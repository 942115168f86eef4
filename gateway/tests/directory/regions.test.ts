/**
 * Regions of an answer: tiers, divisions that no platform serves, small counts, and platforms that exceed their region.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { regionOf } from '@yiwang/schema';
import type { GraphQLError } from 'graphql';
import { LAYERED_SUPERGRAPH, rightsWithin, startToyEngine, type ToyEngine } from '../support/toys/toy-engine.ts';
import { type Behaviour, startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';
import { row, startTwoCities, type TwoCities, WUHAN } from '../support/toys/two-cities.ts';

let cities: TwoCities;
let wuhan: ToyPlatform;
let yichang: ToyPlatform;
let engine: ToyEngine;

beforeAll(async () => {
  cities = await startTwoCities();
  ({ wuhan, yichang, engine } = cities);
});

beforeEach(() => cities.reset());

afterAll(() => cities.close());

const codes = (errors: readonly GraphQLError[]) => [...new Set(errors.map(({ extensions }) => extensions.code))];

describe('tiers', () => {
  test('each tier gives its own rows over the same division', async () => {
    const province = await startToyPlatform();
    province.rows = [row('420106003', 7)];
    const tiers = await startToyEngine(
      [
        { division: '420100', platform: wuhan },
        { division: '420000', platform: province, tier: 'PROVINCIAL' },
      ],
      {},
      { supergraph: LAYERED_SUPERGRAPH },
    );
    const { data, coverage } = await tiers.ask('{ list(within: "420106") { id } total(within: "420106") }');
    await Promise.all([tiers.close(), province.close()]);
    expect(data).toEqual({ list: ['1', '2', '7'].map((serial) => ({ id: `420106003-R-${serial}` })), total: 10 });
    expect(coverage).toMatchObject({ asked: 2, answered: 2 });
  });
});

describe('a division that no platform serves', () => {
  test('is named by the fewest divisions, counts against no platform, and makes coverage incomplete', async () => {
    const { coverage } = await engine.ask('{ total(within: "420000") }');
    expect(coverage).toMatchObject({ asked: 2, answered: 2, complete: false, platforms: [] });
    expect(coverage?.unserved).toContain('420200');
    expect(coverage?.unserved).toContain('429004');
    expect(coverage?.unserved).not.toContain('420100');
    const served = (await engine.ask('{ total(within: "420100") }')).coverage;
    expect(served).toEqual({ asked: 1, answered: 1, complete: true, platforms: [] });
    expect((await engine.ask('{ total }')).coverage?.unserved).toContain('110000');
  });

  const wanting = (query: string, completeness: number) => engine.ask(query, { completeness });

  test('fails an operation that wants all, and not one that wants a share of the platforms asked', async () => {
    const refused = await wanting('{ total(within: "420000") }', 1);
    expect(refused).toMatchObject({ data: null, coverage: { complete: false } });
    expect(refused.errors[0]).toMatchObject({ extensions: { code: 'INCOMPLETE' } });
    expect(refused.errors[0]!.message).toContain(
      '2 of 2 calls of platforms were answered, no platform answers for 420200',
    );
    expect((await wanting('{ total(within: "420000") }', 0.9)).data).toEqual({ total: 10 });
    expect((await wanting('{ total(within: "420100") }', 1)).data).toEqual({ total: 3 });
  });

  test('fails an operation that asks no platform, whatever share it wants', async () => {
    const answer = await engine.ask('{ list(within: "420200") { id } }');
    expect([answer.data, answer.coverage]).toEqual([
      { list: [] },
      { asked: 0, answered: 0, complete: false, platforms: [], unserved: ['420200'] },
    ]);
    for (const share of [0.01, 1]) {
      const refused = await wanting('{ list(within: "420200") { id } }', share);
      expect([refused.data, codes(refused.errors)]).toEqual([null, ['INCOMPLETE']]);
    }
    expect((await wanting('{ __typename }', 1)).data).toEqual({ __typename: 'Query' });
  });

  test('is named for a row that is asked for by its id, as its street if the table has no communities', async () => {
    for (const [id, unserved] of [
      ['420202005-R-1', '420202005'],
      ['420202005001-R-1', '420202005'],
      ['420202-R-1', '420202'],
    ]) {
      const answer = await engine.ask(`{ row(id: "${id}") { id } }`);
      expect([answer.data, answer.coverage]).toEqual([
        { row: null },
        { asked: 0, answered: 0, complete: false, platforms: [], unserved: [unserved] },
      ]);
      const refused = await wanting(`{ row(id: "${id}") { id } }`, 1);
      expect([refused.data, codes(refused.errors)]).toEqual([null, ['INCOMPLETE']]);
    }
    for (const id of ['420106003-R-99', '420299001-R-1', 'nothing']) {
      const { data } = await wanting(`{ row(id: "${id}") { id } }`, 1);
      expect(data).toEqual({ row: null });
    }
  });

  test.each([
    ['one owner each', undefined],
    ['tiers', LAYERED_SUPERGRAPH],
  ])('is every division without a directory: %s', async (_, supergraph) => {
    const nobody = await startToyEngine([], {}, supergraph === undefined ? {} : { supergraph });
    const { coverage } = await nobody.ask('{ list { id } }');
    const refused = await nobody.ask('{ list { id } }', { completeness: 1 });
    await nobody.close();
    expect(coverage).toMatchObject({ asked: 0, answered: 0, complete: false });
    expect(coverage?.unserved).toHaveLength(34);
    expect([refused.data, codes(refused.errors)]).toEqual([null, ['INCOMPLETE']]);
  });

  test('is listed up to unservedMax', async () => {
    const short = await startToyEngine([{ division: '420100', platform: wuhan }], { unservedMax: 3 });
    const { coverage } = await short.ask('{ total }');
    await short.close();
    expect(coverage?.unserved).toEqual(['110000', '120000', '130000']);
  });
});

describe('a group of a division that the platform does not answer for', () => {
  const ofYichang = (code: string): Behaviour => ({
    kind: 'change',
    change: (data) =>
      JSON.parse(JSON.stringify(data).replaceAll('"division":{"code":"420502001"}', `"division":{"code":"${code}"}`)),
  });
  const question = '{ statistics(groupBy: "DIVISION") { key { division { code } } counts { rows } } }';
  const divisionsOf = (data: unknown) =>
    (data as { statistics: { key: { division: { code: string } } }[] }).statistics.map(({ key }) => key.division.code);

  test('drops the part of that platform, and counts nothing twice', async () => {
    yichang.behaviour = ofYichang('420106003');
    const { data, coverage } = await engine.ask(question);
    expect(data).toEqual({ statistics: [{ key: { division: { code: '420106003' } }, counts: { rows: 2 } }] });
    expect(coverage?.platforms).toMatchObject([{ platform: 'toy/420500', status: 'NONCONFORMING' }]);
  });

  test('drops the part of that platform in the second fetch, too', async () => {
    yichang.behaviour = ofYichang('420106003');
    const { data, coverage } = await engine.ask(
      '{ list(within: "420500") { division { statistics(groupBy: "DIVISION") { counts { rows } } } } }',
    );
    expect((data as { list: unknown[] }).list[0]).toEqual({ division: { statistics: [] } });
    expect(coverage?.platforms.map(({ status }) => status)).toContain('NONCONFORMING');
  });

  test('is accepted if the division contains the region asked for, or if the key is no division', async () => {
    yichang.behaviour = ofYichang('420000');
    const { data, coverage } = await engine.ask(question);
    expect([divisionsOf(data), coverage?.platforms]).toEqual([['420000', '420106003'], []]);
    yichang.behaviour = ofYichang('Yichang');
    expect((await engine.ask(question)).coverage?.platforms).toHaveLength(1);
  });
});

describe('small counts', () => {
  test('are withheld from the open audience alone, after the merge', async () => {
    const many = Array.from({ length: 6 }, (_, i) => row('420106003', i + 10));
    const more = Array.from({ length: 6 }, (_, i) => row('420502001', i + 10));
    wuhan.rows = [
      ...many,
      ...[0, 1, 2, 3, 4].flatMap((i) => [row('420106003', 90 + i, 'C'), row('420106003', 80 + i, 'B')]),
    ];
    yichang.rows = more;
    const question = '{ statistics(groupBy: "KIND") { key { kind } counts { rows } } }';
    const all = await engine.ask(question);
    const open = await engine.ask(question, { rights: { audience: 'open' } });
    expect(all.data?.statistics).toHaveLength(3);
    // Twelve, to the nearest ten.
    expect(open.data).toEqual({ statistics: [{ key: { kind: 'A' }, counts: { rows: 10 } }] });
    expect(open.withheld).toEqual([{ path: ['statistics'], below: 10, roundedTo: 10 }]);
    const auditor = await engine.ask(question, { rights: { audience: 'auditor' } });
    expect(auditor.data).toEqual(open.data);
  });
});

describe('the gateway alone', () => {
  test('keeps to the scope even if platforms guard nothing', async () => {
    wuhan.guarded = false;
    wuhan.rows = [...WUHAN, row('420102001', 9)];
    const rights = rightsWithin(regionOf('420106'), '420106');
    const { data } = await engine.ask(
      '{ total list { id } rows { nodes { id } totalCount } row(id: "420102001-R-9") { id } }',
      { rights },
    );
    wuhan.guarded = true;
    expect(data).toEqual({
      total: 3,
      list: WUHAN.map(({ id }) => ({ id })),
      rows: { nodes: [{ id: '420106003-R-2' }, { id: '420106003-R-1' }], totalCount: 2 },
      row: null,
    });
  });

  test('drops a platform that sends rows of other divisions', async () => {
    yichang.behaviour = { kind: 'change', change: () => ({ rows: pageWith('110101001') }) };
    const { data, coverage } = await engine.ask('{ rows { nodes { id } } }');
    expect(data).toEqual({ rows: { nodes: [{ id: '420106003-R-2' }, { id: '420106003-R-1' }] } });
    expect(coverage?.platforms).toMatchObject([{ status: 'NONCONFORMING' }]);
  });
});

function pageWith(division: string): unknown {
  const cursor = Buffer.from(JSON.stringify(['SIZE:DESC', 1, division, `${division}-R-1`])).toString('base64url');
  return { nodes: [{ id: 'x' }], __yw_edges: [{ cursor }], __yw_info: { hasNextPage: false } };
}
