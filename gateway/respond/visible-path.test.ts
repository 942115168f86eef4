import { expect, test } from '@jest/globals';
import { buildSchema, Kind, parse } from 'graphql';
import { visiblePath } from './visible-path.ts';

const SCHEMA = buildSchema(`
  scalar JSON
  type Query { items: [Item!] nodes: [Node] free: JSON }
  interface Node { id: ID! }
  type Item implements Node { id: ID! name: String price: Int owner: Owner }
  type Owner { id: ID! nick: String }
`);
const [operation] = parse(
  '{ all: items { n: name owner { id } } nodes { id ... on Item { o: owner { nick } } } free }',
).definitions;

test.each([
  [['all', 0, 'n'], 'all.0.n'],
  [['all', 0, 'n', 'secret', 3], 'all.0.n'],
  [['all', 0, 'the password is'], 'all.0'],
  [['all', 0, 'hiddenPrice', 'currency'], 'all.0'],
  [['all', 0, 'price'], 'all.0.price'],
  [['all', 0, 'price_with1'], 'all.0.price_with1'],
  [['all', 0, 'owner', 'nick'], 'all.0.owner.nick'],
  [['nodes', 1, 'o', 'nick', 'more'], 'nodes.1.o.nick'],
  [['nodes', 1, 'owner', 'id'], 'nodes.1.owner.id'],
  [['free', 'a', 'b'], 'free'],
  [['elsewhere'], ''],
])('of the path %j a client sees the part that it may see', (path, visible) => {
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('an operation was expected');
  const keys = new Map([['price_with1', 'price']]);
  expect(visiblePath(path, operation, SCHEMA, keys).join('.')).toBe(visible);
});
