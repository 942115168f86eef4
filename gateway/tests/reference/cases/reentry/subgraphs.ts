/**
 * Objects of the query type inside the answer, the habit of Relay: their fields are those of the root, from whichever
 * subgraph.
 */
import type { Subgraphs } from '../../subgraph-server.ts';

const USERS = [{ name: 'Ann' }, { name: 'Bo' }];

export const SUBGRAPHS: Subgraphs = {
  accounts: {
    sdl: /* GraphQL */ `
      type Query { version: String viewer: Viewer viewers: [Viewer]! }
      type Viewer { query: Query! handle: String }
      type Mutation { rename(name: String!): Renamed }
      type Renamed { ok: Boolean query: Query! }
    `,
    resolvers: {
      Query: {
        version: () => 'v1',
        viewer: () => ({ query: {}, handle: 'h' }),
        viewers: () => [{ query: {}, handle: 'h1' }, null, { query: {}, handle: 'h2' }],
      },
      Mutation: { rename: () => ({ ok: true, query: {} }) },
    },
  },
  users: {
    sdl: /* GraphQL */ `
      schema { query: Root }
      type Root { user: User users(first: Int): [User!] broken: String strict: String! }
      type User { name: String }
    `,
    resolvers: {
      Root: {
        user: () => USERS[0],
        users: (_: unknown, { first }: { first?: number }) => USERS.slice(0, first),
        broken: () => {
          throw new Error('broken');
        },
        strict: () => {
          throw new Error('broken where it must not');
        },
      },
    },
  },
};
