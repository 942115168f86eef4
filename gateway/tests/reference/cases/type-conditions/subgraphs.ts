/** One entity below objects of different types, asked for different things by each. */
import type { Subgraphs } from '../../subgraph-server.ts';

const NODES = [
  { __typename: 'Post', id: 'p', owner: { id: 'u1' }, author: { id: 'u3' } },
  { __typename: 'Photo', id: 'f', owner: { id: 'u2' }, author: { id: 'u1' } },
];

export const SUBGRAPHS: Subgraphs = {
  posts: {
    sdl: /* GraphQL */ `
      interface Node { id: ID! owner: User }
      type Post implements Node { id: ID! owner: User author: User }
      type Photo implements Node { id: ID! owner: User author: User }
      union Any = Post | Photo
      type User @key(fields: "id") { id: ID! }
      type Query { nodes: [Node!]! node: Node any: [Any] box: Box }
      type Box { node: Node }
    `,
    resolvers: {
      Query: {
        nodes: () => NODES,
        node: () => NODES[1],
        any: () => NODES,
        box: () => ({ node: NODES[1] }),
      },
    },
  },
  users: {
    sdl: /* GraphQL */ `
      type User @key(fields: "id") { id: ID! name(lang: String): String age: Int friend: User }
    `,
    resolvers: {
      User: {
        name: ({ id }: { id: string }, { lang }: { lang?: string }) => `${id} in ${lang}`,
        age: ({ id }: { id: string }) => Number(id.slice(1)),
        friend: ({ id }: { id: string }) => ({ id: `${id}f` }),
      },
    },
  },
};
