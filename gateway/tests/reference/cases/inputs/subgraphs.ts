/** Enums and inputs of which clients see only what all subgraphs know, and arguments that are kept from them. */
import type { Subgraphs } from '../../subgraph-server.ts';

const BINS = [
  { id: 'b1', kind: 'GLASS' },
  { id: 'b2', kind: 'SECRET' },
];

interface Bin {
  readonly id: string;
}

export const SUBGRAPHS: Subgraphs = {
  bins: {
    sdl: /* GraphQL */ `
      type Query { bins: [Bin] binsIn(where: Where!): [Bin!] }
      type Bin @key(fields: "id") { id: ID! kind: Kind @shareable }
      enum Kind { GLASS }
      input Where { first: Int! }
    `,
    resolvers: {
      Query: {
        bins: () => BINS,
        binsIn: (_: unknown, { where }: { where: { first: number } }) => BINS.slice(0, where.first),
      },
      Bin: { __resolveReference: ({ id }: Bin) => BINS.find((bin) => bin.id === id) },
    },
  },
  kinds: {
    sdl: /* GraphQL */ `
      type Query { binsOf(kind: Kind!): [Bin!] allBins: [Bin!] binsOut(where: Where!): [Bin!] }
      type Bin @key(fields: "id") {
        id: ID!
        kind: Kind @shareable
        near(kind: Kind = SECRET @inaccessible, count: Int = 1): [Bin!]!
        size: Size
      }
      enum Kind { GLASS SECRET @inaccessible }
      enum Size { SMALL LARGE @inaccessible }
      input Where { first: Int! after: Int }
    `,
    resolvers: {
      Query: {
        binsOf: (_: unknown, { kind }: { kind: string }) => BINS.filter((bin) => bin.kind === kind),
        allBins: () => BINS,
        binsOut: () => [],
      },
      Bin: {
        __resolveReference: ({ id }: Bin) => BINS.find((bin) => bin.id === id),
        near: (_: Bin, { kind, count }: { kind: string; count: number }) =>
          BINS.filter((bin) => bin.kind === kind).slice(0, count),
        size: ({ id }: Bin) => (id === 'b1' ? 'SMALL' : 'LARGE'),
      },
    },
  },
};
