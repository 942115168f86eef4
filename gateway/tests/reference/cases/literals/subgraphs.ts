/** Literals as they stand in the document: planners read them, and write them anew. */
import { type GraphQLResolveInfo, print } from 'graphql';
import type { Subgraphs } from '../../subgraph-server.ts';

const echoArguments = (
  _parent: unknown,
  _args: unknown,
  _context: unknown,
  { fieldNodes, operation }: GraphQLResolveInfo,
): string =>
  [
    ...(fieldNodes[0]?.arguments ?? []),
    ...(operation.variableDefinitions ?? []).filter(({ variable }) => variable.name.value !== 'representations'),
  ]
    .map(print)
    .join(' ');

const SCALARS = 'scalar JSON scalar Long';
const ECHO = 'echo(text: String, json: JSON, long: Long, id: ID, float: Float): String';

export const SUBGRAPHS: Subgraphs = {
  a: {
    sdl: `${SCALARS} type Query { ${ECHO} item: Item nodes: [Node] } interface Node { id: ID! } type Item implements Node @key(fields: "id") { id: ID! field(long: Long): [String] } type Other implements Node { id: ID! field(long: Long): Int }`,
    resolvers: {
      Query: {
        echo: echoArguments,
        item: () => ({ id: 'i' }),
        nodes: () => [
          { __typename: 'Item', id: 'i' },
          { __typename: 'Other', id: 'o' },
        ],
      },
      Item: { field: (...given: Parameters<typeof echoArguments>) => [echoArguments(...given)] },
      Other: { field: () => 1 },
    },
  },
  b: {
    sdl: `${SCALARS} type Item @key(fields: "id") { id: ID! ${ECHO} more: Item }`,
    resolvers: { Item: { echo: echoArguments, more: () => ({ id: 'm' }) } },
  },
};
