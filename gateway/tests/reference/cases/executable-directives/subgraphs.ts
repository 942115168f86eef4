/** Directives that all subgraphs define alike: they are the subgraphs' to apply. Those on fragments are for nobody. */
import { type GraphQLResolveInfo, print } from 'graphql';
import type { Subgraphs } from '../../subgraph-server.ts';

const DIRECTIVES = `
  directive @upper on FIELD
  directive @pad(by: Int! = 1, with: String) repeatable on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
  directive @op(tag: String) on QUERY | MUTATION
  directive @typed on VARIABLE_DEFINITION
`;

/** The directives of the operation, of its variables, and of each node of the field. */
function directivesOf(
  _parent: unknown,
  _args: unknown,
  _context: unknown,
  { fieldNodes, operation }: GraphQLResolveInfo,
): string {
  const ofVariables = (operation.variableDefinitions ?? []).filter(({ directives }) => directives?.length).map(print);
  return [
    ...(operation.directives ?? []).map(print),
    ...ofVariables,
    '|',
    ...fieldNodes.flatMap(({ directives = [] }) => directives.map(print)),
  ].join(' ');
}

export const SUBGRAPHS: Subgraphs = {
  a: {
    sdl: `${DIRECTIVES}
      type Query { hello: String item: Item node: Node nodes: [Node!] }
      type Mutation { set: Item }
      interface Node { id: ID! }
      type Item implements Node @key(fields: "id") { id: ID! own: String }
      type Other implements Node @key(fields: "id") { id: ID! own: Int }`,
    resolvers: {
      Query: {
        hello: directivesOf,
        item: () => ({ id: 'i' }),
        node: () => ({ __typename: 'Item', id: 'i' }),
        nodes: () => [
          { __typename: 'Item', id: 'i' },
          { __typename: 'Other', id: 'o' },
        ],
      },
      Mutation: { set: () => ({ id: 's' }) },
      Item: { own: directivesOf },
      Other: { own: () => 1 },
    },
  },
  b: {
    sdl: `${DIRECTIVES} type Item @key(fields: "id") { id: ID! name: String more(of: String): Item sub: Sub } type Sub { text: String }`,
    resolvers: {
      Item: { name: directivesOf, more: () => ({ id: 'm' }), sub: () => ({}) },
      Sub: { text: directivesOf },
    },
  },
};
