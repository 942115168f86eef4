/** An interface that another subgraph treats as one object type: its fields reach every implementation, old and new. */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Media {
  readonly id: string;
}

const MEDIA = [
  { __typename: 'Book', id: 'b1', title: 'Bricks', pages: 10 },
  { __typename: 'Film', id: 'f1', title: 'Fire', minutes: 90 },
];

export const SUBGRAPHS: Subgraphs = {
  catalogue: {
    sdl: /* GraphQL */ `
      type Query { media: [Media!]! book: Book }
      interface Media @key(fields: "id") { id: ID! title: String! }
      type Book implements Media @key(fields: "id") { id: ID! title: String! pages: Int! }
      type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int! }
    `,
    resolvers: {
      Query: { media: () => MEDIA, book: () => MEDIA[0] },
      Media: {
        __resolveReference: ({ id }: Media) => MEDIA.find((media) => media.id === id),
        __resolveType: ({ __typename }: { __typename: string }) => __typename,
      },
      Book: { __resolveReference: ({ id }: Media) => MEDIA.find((media) => media.id === id) },
      Film: { __resolveReference: ({ id }: Media) => MEDIA.find((media) => media.id === id) },
    },
  },
  reviews: {
    sdl: /* GraphQL */ `
      type Query { best: Media topRated: [Media!]! unknown: Media }
      type Media @key(fields: "id") @interfaceObject { id: ID! reviews: [Review!]! stars: Int }
      type Review { text: String! of: Media! }
    `,
    resolvers: {
      Query: {
        best: () => ({ id: 'f1' }),
        topRated: () => [{ id: 'f1' }, { id: 'b1' }],
        unknown: () => ({ id: 'x9' }),
      },
      Media: {
        reviews: ({ id }: Media) => [{ text: `about ${id}`, of: { id } }],
        stars: ({ id }: Media) => id.length,
      },
    },
  },
};
