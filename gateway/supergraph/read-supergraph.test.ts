/** A supergraph is read once, and in this folder alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readSupergraph } from './read-supergraph.ts';

const SDL = `
  schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
    @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY) { query: Query }
  enum join__Graph {
    A @join__graph(name: "a", url: "http://127.0.0.1:1/")
    B @join__graph(name: "b", url: "http://127.0.0.1:2/")
  }
  type Query @join__type(graph: A) { item: Item @join__field(graph: A) }
  type Item @join__type(graph: A, key: "id") @join__type(graph: B, key: "id") {
    id: ID!
    price(currency: String): Int @join__field(graph: A) @join__field(graph: B, external: true)
    tax: Int @join__field(graph: B, requires: "price(currency: \\"CNY\\")") @authenticated
    date: Date @join__field(graph: A)
  }
  scalar Date @join__type(graph: A)
`;

describe('readSupergraph', () => {
  const supergraph = readSupergraph(SDL, { isStandard: true });

  test('one reading gives rules, schema, API schema, access rules and what planning needs', () => {
    const { rules, schema, api, access, planning } = supergraph;
    expect(rules.locations.get('b')).toEqual({ kind: 'address', url: 'http://127.0.0.1:2/' });
    expect(schema.getType('Date')?.description).toBeDefined();
    expect(api.types.map(({ name }) => name.value)).toEqual(['Query', 'Item', 'Date']);
    expect(access?.directives).toEqual(['@authenticated']);
    expect([...planning.requiredNames]).toEqual(['price']);
    expect([...planning.boundFields.keys()]).toEqual(['price_with1']);
    expect(planning.sdl).toContain('requires: "price_with1"');
    expect(planning.types.resolvesField('Item', 'price', 'a')).toBe(true);
    expect(planning.types.resolvesField('Item', 'price', 'b')).toBe(false);
  });

  test('scalars of a supergraph that does not follow the standard stay as they are', () => {
    const { schema } = readSupergraph(SDL, { isStandard: false });
    expect(schema.getType('Date')?.description).toBeUndefined();
  });

  test('a supergraph that requires what the gateway does not do is refused', () => {
    const unknown = SDL.replace('authenticated/v0.1', 'authenticated/v9.0');
    expect(() => readSupergraph(unknown, { isStandard: true })).toThrow('which this gateway does not follow');
  });
});

test('no source of the gateway outside of this folder knows how a supergraph is written', () => {
  const gateway = new URL('../', import.meta.url);
  const sources = (readdirSync(gateway, { recursive: true }) as string[]).filter(
    (file) => file.endsWith('.ts') && !/^(supergraph|tests)\/|node_modules|\.test\.ts$/.test(file),
  );
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((file) => /\bjoin__\w/.test(readFileSync(new URL(file, gateway), 'utf8')))).toEqual([]);
});
