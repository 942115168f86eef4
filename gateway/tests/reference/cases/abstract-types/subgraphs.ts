/** Interfaces and unions across subgraphs, with conflicting fields, and interfaces that implement others. */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Thing {
  readonly __typename: string;
  readonly id: string;
}

const FEED = [
  { __typename: 'Photo', id: 'p1', width: 640, title: 'Photo one', rating: 4 },
  { __typename: 'Film', id: 'f1', minutes: 90, title: { text: 'Film one' }, rating: 'good' },
  { __typename: 'Note', text: 'just text' },
  { __typename: 'Photo', id: 'p2', width: 320, title: 'Photo two', rating: 5 },
];

export const SUBGRAPHS: Subgraphs = {
  feed: {
    sdl: /* GraphQL */ `
      type Query { feed: [Entry!]! nodes: [Node!]! media: [Media]! nested: [Folder!]! }
      union Entry = Photo | Film | Note
      interface Node { id: ID! }
      interface Media implements Node { id: ID! related: [Node!]! }
      type Photo implements Node & Media @key(fields: "id") { id: ID! width: Int! title: String! rating: Int related: [Node!]! }
      type Film implements Node & Media @key(fields: "id") { id: ID! minutes: Int! title: Caption rating: String related: [Node!]! }
      type Caption { text: String! }
      type Note { text: String! }
      type Folder { entries: [[Entry]!]! cover: Media }
    `,
    resolvers: {
      Query: {
        feed: () => FEED,
        nodes: () => FEED.filter(({ id }) => id),
        media: () => [FEED[0], null, FEED[1]],
        nested: () => [
          {
            entries: [
              [FEED[0], FEED[2]],
              [null, FEED[1]],
            ],
            cover: FEED[3],
          },
          { entries: [], cover: null },
        ],
      },
      Photo: { related: () => [FEED[1]] },
      Film: { related: () => [FEED[0], FEED[3]] },
    },
  },
  views: {
    sdl: /* GraphQL */ `
      type Photo implements Viewed @key(fields: "id") { id: ID! views: Int! owner: Owner }
      type Film implements Viewed @key(fields: "id") { id: ID! views: Int! owner: Owner trailer: Photo }
      interface Viewed { views: Int! owner: Owner }
      interface Owner { name: String! }
      type Person implements Owner @key(fields: "name") { name: String! }
      type Studio implements Owner @key(fields: "name") { name: String! }
    `,
    resolvers: {
      Photo: {
        views: ({ id }: Thing) => id.length,
        owner: ({ id }: Thing) => ({ __typename: 'Person', name: `of ${id}` }),
      },
      Film: {
        views: () => 1000,
        owner: () => ({ __typename: 'Studio', name: 'big' }),
        trailer: () => ({ __typename: 'Photo', id: 'p2' }),
      },
    },
  },
  people: {
    sdl: /* GraphQL */ `
      type Person @key(fields: "name") { name: String! age: Int }
      type Studio @key(fields: "name") { name: String! city: String }
    `,
    resolvers: { Person: { age: () => 40 }, Studio: { city: () => 'Wuhan' } },
  },
};
