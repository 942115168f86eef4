/**
 * Values that several subgraphs give a part of: at the root, below entities, and in a mutation, which runs in one of
 * them.
 */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Keyed {
  readonly id: string;
  readonly code?: string;
}

export const SUBGRAPHS: Subgraphs = {
  names: {
    sdl: /* GraphQL */ `
      type Query { station: Station! @shareable stations: [Station!]! @shareable lines: [Line!]! }
      type Mutation { open(name: String!): Gate! @shareable }
      type Station { id: ID! @shareable name: Name! }
      type Name { short: String! long: String! }
      type Line @key(fields: "id") @key(fields: "id code") { id: ID! code: ID! colour: Colour @shareable }
      type Colour @key(fields: "id") { id: ID! name: String! @shareable }
      type Gate @key(fields: "id") { id: ID! }
    `,
    resolvers: {
      Query: {
        station: () => ({ id: 's1', name: { short: 'S', long: 'South' } }),
        stations: () => ['s1', 's2'].map((id) => ({ id, name: { short: id, long: `long ${id}` } })),
        lines: () => ['1', '2'].map((id) => ({ id, code: `code ${id}` })),
      },
      Mutation: { open: (_: unknown, { name }: { name: string }) => ({ id: `gate ${name}` }) },
      Line: { colour: ({ id }: Keyed) => ({ id: `colour ${id}`, name: `name ${id}` }) },
    },
  },
  places: {
    sdl: /* GraphQL */ `
      type Query { station: Station! @shareable stations: [Station!]! @shareable }
      type Mutation { open(name: String!): Gate! @shareable }
      type Station { id: ID! @shareable exits: [Exit!]! }
      type Exit { letter: String! }
      type Line @key(fields: "id code") { id: ID! code: ID! colour: Colour @shareable }
      type Colour { paint: Paint }
      type Paint { litres: Int }
      type Gate @key(fields: "id") { id: ID! isWide: Boolean! }
    `,
    resolvers: {
      Query: {
        station: () => ({ id: 's1', exits: [{ letter: 'A' }] }),
        stations: () => ['s1', 's2'].map((id) => ({ id, exits: [{ letter: id }] })),
      },
      Mutation: { open: (_: unknown, { name }: { name: string }) => ({ id: `gate ${name}` }) },
      Line: { colour: ({ code }: Keyed) => ({ paint: { litres: code?.length } }) },
      Gate: { isWide: () => true },
    },
  },
};
