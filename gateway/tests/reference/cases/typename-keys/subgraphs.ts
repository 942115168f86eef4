/** Entities whose key is the name of their type alone: there is one of each. */
import type { Subgraphs } from '../../subgraph-server.ts';

export const SUBGRAPHS: Subgraphs = {
  warehouse: {
    sdl: /* GraphQL */ `
      type Query { entry: Entry entries: [Entry]! either: [Either!]! }
      type Entry @key(fields: "__typename") { sku: String! }
      type Other @key(fields: "id") { id: ID! }
      union Either = Entry | Other
    `,
    resolvers: {
      Query: {
        entry: () => ({ sku: 's1' }),
        entries: () => [{ sku: 's1' }, null, { sku: 's2' }],
        either: () => [
          { __typename: 'Entry', sku: 's3' },
          { __typename: 'Other', id: 'o1' },
        ],
      },
    },
  },
  reviews: {
    sdl: /* GraphQL */ `
      type Entry @key(fields: "__typename") { rating: Rating! sku: String! @external label: String @requires(fields: "sku") }
      type Other @key(fields: "id") { id: ID! votes: Int }
      type Rating { score: Int! }
    `,
    resolvers: {
      Entry: {
        __resolveReference: (reference: { sku?: string }) => ({ ...reference, rating: { score: 5 } }),
        label: ({ sku }: { sku: string }) => `label of ${sku}`,
      },
      Other: { votes: ({ id }: { id: string }) => id.length },
    },
  },
};
