/** Subgraphs that send more data than was asked for. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Federation, startFederation } from '../reference/federation.ts';

const answer = (data: unknown) => ({ status: 200, body: JSON.stringify({ data }) });
const own =
  'type Item @key(fields: "id") { id: ID! rank: Int size: Size @shareable } type Size @shareable { cm: Int inch: Int }';

const SUBGRAPHS = {
  items: {
    sdl: `type Query { item: Item items: [Item!] other: String } ${own}`,
    respond: () => {
      const item = {
        __typename: 'Item',
        id: '1',
        rank: 1,
        name: 'not mine',
        text: 'not mine',
        size: { cm: 1, inch: 99 },
      };
      return answer({ item, items: [item, item], other: 'mine', more: 'not mine' });
    },
  },
  names: {
    sdl: 'type Query { more: String } type Item @key(fields: "id") { id: ID! name: String text: String }',
    respond: ({ query, variables }: { query: string; variables?: Readonly<Record<string, unknown>> }) => {
      if (!query.includes('_entities')) return answer({ more: 'mine', other: 'not mine', item: { rank: 99 } });
      const representations = (variables?.representations ?? []) as unknown[];
      const entity = { __typename: 'Item', id: 'not mine', rank: 99, name: null, text: 'mine', size: { cm: 99 } };
      return answer({ _entities: representations.map(() => ({ ...entity })) });
    },
  },
};

describe('data that a subgraph was not asked for', () => {
  let federation: Federation;
  beforeAll(async () => {
    federation = await startFederation(SUBGRAPHS);
  });
  afterAll(() => federation.close());

  test.each([
    ['{ item { id rank name text } }', { item: { id: '1', rank: 1, name: null, text: 'mine' } }],
    ['{ items { rank name size { cm } } }', { items: Array(2).fill({ rank: 1, name: null, size: { cm: 1 } }) }],
    ['{ more other item { rank } }', { more: 'mine', other: 'mine', item: { rank: 1 } }],
    ['{ more other item { rank text } }', { more: 'mine', other: 'mine', item: { rank: 1, text: 'mine' } }],
  ])('replaces nothing that another subgraph gives: %s', async (query, data) => {
    for (const engine of federation.engines) {
      expect([engine.name, await engine.execute({ query })]).toEqual([engine.name, { data, errors: [] }]);
    }
  });
});
