import { describe, expect, test } from '@jest/globals';
import { compileQuery } from './execute.ts';
import { createSubgraph, type SubgraphName } from './subgraph.ts';

function ask(name: SubgraphName, query: string, variables: Readonly<Record<string, unknown>> = {}): unknown {
  return JSON.parse(compileQuery(createSubgraph(name), query)(variables));
}

const GRID = { __typename: 'Division', code: '420100007' };

describe('a subgraph of the bench', () => {
  test('answers aliases, fragments, repeated fields and literals in the order of the query', () => {
    const query = `query ($n: Int!) {
      kind: __typename
      few: cases(first: $n, from: 20010) { ...Part id category { code } ... on Case { category { kind: __typename } } }
    }
    fragment Part on Case { number: id state }`;
    const { data } = ask('cases', query, { n: 2 }) as { data: { kind: string; few: readonly object[] } };
    expect(data.kind).toBe('Query');
    expect(data.few.map((row) => Object.keys(row))).toEqual(Array(2).fill(['number', 'state', 'id', 'category']));
    // The rows are a ring.
    expect(data.few).toMatchObject([{ id: 'C00020010' }, { id: 'C00000000', category: { kind: 'Category' } }]);
    expect(Object.keys((data.few[0] as { category: object }).category)).toEqual(['code', 'kind']);
  });

  test('answers entities of several types in the order of their keys, and null for an unknown key', () => {
    const query = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { __typename ... on Division { grids { id } } ... on Grid { id name } }
    }`;
    const representations = [{ __typename: 'Grid', id: '420100007001' }, { ...GRID, code: 'none' }, GRID];
    const { data } = ask('grids', query, { representations }) as { data: { _entities: readonly unknown[] } };
    expect(data._entities).toEqual([
      { __typename: 'Grid', id: '420100007001', name: expect.any(String) },
      null,
      { __typename: 'Division', grids: ['000', '001', '002', '003'].map((end) => ({ id: `420100007${end}` })) },
    ]);
  });

  test('returns its schema', () => {
    expect(ask('staff', '{ _service { sdl } }')).toEqual({
      data: { _service: { sdl: expect.stringContaining('type Person @key(fields: "id")') } },
    });
  });

  test.each([
    ['a field that it does not have', '{ cases(first: 1, from: 0) { none } }', 'Case has no field none'],
    ['a root field that it does not have', '{ none }', 'there is no root field none'],
    ['a condition', 'query ($x: Boolean!) { cases(first: 1, from: 0) { id @skip(if: $x) } }', 'conditions'],
    ['a mutation', 'mutation { close }', 'only queries'],
  ])('refuses %s', (_, query, fault) => {
    expect(() => ask('cases', query)).toThrow(fault);
  });
});
