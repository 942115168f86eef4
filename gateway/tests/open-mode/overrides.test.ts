/** `@override` with labels: resolved once for each operation, in the same way by both planners. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { readOverrides } from '../../supergraph/overrides.ts';
import { type Composer, type Federation, startFederation } from '../reference/federation.ts';

const OLD = `
  type Query { item: Item }
  type Item @key(fields: "id") { id: ID! name: String rank: String code: String size: String }
`;
const NEW = `
  type Item @key(fields: "id") {
    id: ID!
    name: String @override(from: "old", label: "percent(5)")
    rank: String @override(from: "old", label: "percent(40.5)")
    code: String @override(from: "old", label: "move-code")
    size: String @override(from: "old", label: "move-size")
  }
`;
const fieldsOf = (by: string) => ({ name: by, rank: by, code: by, size: by });
const resolversOf = (by: string) => ({
  Item: { __resolveReference: ({ id }: { id: string }) => ({ id, ...fieldsOf(by) }) },
});
const SUBGRAPHS = {
  old: { sdl: OLD, root: { item: { id: '1', ...fieldsOf('old') } }, resolvers: resolversOf('old') },
  new: { sdl: NEW, resolvers: resolversOf('new') },
};

describe.each<Composer>(['theguild', 'apollo'])('labels of @override, composed by %s', (composer) => {
  let federation: Federation;
  let draw = 0;
  beforeAll(async () => {
    const overrides = { overrideLabels: ['move-code'], draw: () => draw };
    federation = await startFederation(SUBGRAPHS, { composer, overrides });
  });
  afterAll(() => federation.close());

  test.each([
    [0, { name: 'new', rank: 'new' }],
    [4.99, { name: 'new', rank: 'new' }],
    [5, { name: 'old', rank: 'new' }],
    [40.49, { name: 'old', rank: 'new' }],
    [40.5, { name: 'old', rank: 'old' }],
    [99.99, { name: 'old', rank: 'old' }],
  ])(
    'a draw of %d is compared with each percentage, with and without incremental delivery',
    async (drawn, expected) => {
      draw = drawn;
      const item = { ...expected, code: 'new', size: 'old' };
      for (const engine of federation.engines) {
        const whole = await engine.execute({ query: '{ item { name rank code size } }' });
        expect([engine.name, whole]).toEqual([engine.name, { data: { item }, errors: [] }]);
        const query = '{ item { size ... @defer { name rank code } } }';
        const { data, parts } = await engine.executeIncrementally({ query });
        expect([engine.name, data, parts]).toEqual([engine.name, { item }, 2]);
      }
    },
  );
});

describe('a planner in a process of its own', () => {
  test('resolves labels by the same draw', async () => {
    const draws = [0, 99];
    const overrides = { overrideLabels: ['move-code'], draw: () => draws.shift() ?? 0 };
    const federation = await startFederation(SUBGRAPHS, { runIn: 'process', overrides });
    try {
      const [hive] = federation.engines;
      const query = '{ item { name code size } }';
      const answers = [await hive!.execute({ query }), await hive!.execute({ query })].map(({ data }) => data);
      expect(answers).toEqual([
        { item: { name: 'new', code: 'new', size: 'old' } },
        { item: { name: 'old', code: 'new', size: 'old' } },
      ]);
    } finally {
      await federation.close();
    }
  });
});

describe('canonical draws', () => {
  const supergraph = (key: string) =>
    parse(`
      type Item @join__type(graph: NEW, key: "${key}") {
        name: String @join__field(graph: NEW, override: "old", overrideLabel: "percent(5)")
        rank: String @join__field(graph: NEW, override: "old", overrideLabel: "percent(40.5)")
        code: String @join__field(graph: NEW, override: "old", overrideLabel: "move-code")
      }
    `);

  test('are one more than percentages, each the least of its range', () => {
    const { canonicalDraw } = readOverrides(supergraph('id'), []);
    const draws = Array.from({ length: 1_000 }, (_, i) => i / 10);
    expect([...new Set(draws.map(canonicalDraw))]).toEqual([0, 5, 40.5]);
  });

  test('do not matter for an operation without an overridden field, unless a key is overridden', () => {
    expect(readOverrides(supergraph('id'), []).dependsOnDraw(['id', 'code'])).toBe(false);
    expect(readOverrides(supergraph('id'), []).dependsOnDraw(['id', 'rank'])).toBe(true);
    expect(readOverrides(supergraph('id name'), []).dependsOnDraw(['id'])).toBe(true);
    expect(readOverrides(parse('type Item { name: String }'), ['move-code']).dependsOnDraw(['name'])).toBe(false);
  });
});
