/** Fields provided on a path, shared, overridden, hidden, and keys that nobody resolves. */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Book {
  readonly id: string;
}

export const SUBGRAPHS: Subgraphs = {
  shops: {
    sdl: /* GraphQL */ `
      type Query {
        onSale: [Book!]! @provides(fields: "title author { name }")
        all: [Book!]!
        pinned: Pin @shareable
      }
      type Book @key(fields: "id") { id: ID! title: String! @external author: Author @external price: Float! }
      type Author @key(fields: "id") { id: ID! @external name: String @external }
      type Pin @shareable { x: Int! label: String! }
      type Store @key(fields: "id", resolvable: false) { id: ID! }
      extend type Book { soldAt: Store! }
    `,
    resolvers: {
      Query: {
        onSale: () => [{ id: '1', title: 'provided', author: { id: 'a1', name: 'provided too' } }],
        all: () => [{ id: '1' }, { id: '2' }],
        pinned: () => ({ x: 1, label: 'same' }),
      },
      Book: { price: ({ id }: Book) => Number(id) * 10, soldAt: ({ id }: Book) => ({ id: `s${id}` }) },
    },
  },
  library: {
    sdl: /* GraphQL */ `
      type Query { pinned: Pin @shareable }
      type Book @key(fields: "id") {
        id: ID!
        title: String! @shareable
        author: Author @shareable
        stars: Int
        secret: String @inaccessible
        kind: Kind
      }
      type Author @key(fields: "id") { id: ID! name: String @shareable born: Int }
      type Pin @shareable { x: Int! label: String! }
      enum Kind { NOVEL ESSAY HIDDEN @inaccessible }
    `,
    resolvers: {
      Query: { pinned: () => ({ x: 1, label: 'same' }) },
      Book: {
        __resolveReference: ({ id }: Book) => ({ id, title: `title ${id}`, author: { id: `a${id}` }, secret: 's' }),
        stars: () => 1,
        kind: ({ id }: Book) => (id === '1' ? 'ESSAY' : 'HIDDEN'),
      },
      Author: { name: ({ id }: Book) => `name of ${id}`, born: () => 1900, __resolveReference: (key: Book) => key },
    },
  },
  ratings: {
    sdl: /* GraphQL */ `
      type Book @key(fields: "id") { id: ID! stars: Int @override(from: "library") }
      type Store @key(fields: "id") { id: ID! city: String }
    `,
    resolvers: {
      Book: { stars: () => 5 },
      Store: { city: ({ id }: Book) => `city of ${id}` },
    },
  },
};
