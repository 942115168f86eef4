/**
 * Fragments that come in parts: below unions and interface objects, and of objects that their own subgraph knows by no
 * key.
 */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Media {
  readonly id: string;
}

const FILM = { __typename: 'Film', id: 'f1', title: 'Fire', minutes: 90 };
const BOOK = { __typename: 'Book', id: 'b1', title: 'Bricks', pages: 10, film: FILM };
const byId = ({ id }: Media) => [BOOK, FILM].find((media) => media.id === id);

export const SUBGRAPHS: Subgraphs = {
  catalogue: {
    sdl: /* GraphQL */ `
      type Query { book: Book entries: [Entry!]! }
      union Entry = Book | Note
      interface Media @key(fields: "id") { id: ID! title: String! }
      type Book implements Media @key(fields: "id") { id: ID! title: String! pages: Int! film: Media }
      type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int! }
      type Note { text: String! }
    `,
    resolvers: {
      Query: { book: () => BOOK, entries: () => [BOOK, { __typename: 'Note', text: 'a note' }] },
      Media: { __resolveReference: byId, __resolveType: ({ __typename }: { __typename: string }) => __typename },
      Book: { __resolveReference: byId },
      Film: { __resolveReference: byId },
    },
  },
  reviews: {
    sdl: /* GraphQL */ `
      type Query { rated: [Media!]! }
      type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }
    `,
    resolvers: {
      Query: { rated: () => [{ id: 'f1' }, { id: 'b1' }] },
      Media: { stars: ({ id }: Media) => id.length },
    },
  },
  shops: {
    sdl: /* GraphQL */ `
      type Query { offers: [Offer!]! }
      type Offer { book: Book }
      type Book @key(fields: "id") { id: ID! price: Int }
    `,
    resolvers: {
      Query: { offers: () => [{ book: { id: 'b1', price: 7 } }] },
      Book: { __resolveReference: () => null },
    },
  },
  memos: {
    sdl: /* GraphQL */ `
      type Query { memo: Memo }
      type Memo { text: String! }
    `,
    // The name of a type that is nowhere: what is declared holds.
    respond: () => ({ status: 200, body: '{ "data": { "memo": { "__typename": "Note", "text": "a memo" } } }' }),
  },
};
