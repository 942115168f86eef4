/** Fields taken over from others: while they are required, shared, and from a subgraph that is not there. */
import type { Subgraphs } from '../../subgraph-server.ts';

interface User {
  readonly id: string;
  readonly name?: string;
}

const side = (subgraph: 'old' | 'mid', field: string) => ({
  sdl: `
    type Query { ${subgraph}User: User ${subgraph}Users: [User] }
    type User @key(fields: "id") { id: ID! name: String! @external ${field}: String! @requires(fields: "name") }
  `,
  resolvers: {
    Query: { [`${subgraph}User`]: () => ({ id: subgraph }), [`${subgraph}Users`]: () => [{ id: 'u1' }, { id: 'u2' }] },
    User: { name: () => 'NEVER', [field]: ({ name }: User) => `${field} of ${name}` },
  },
});

export const SUBGRAPHS: Subgraphs = {
  old: side('old', 'badge'),
  mid: side('mid', 'desk'),
  new: {
    sdl: /* GraphQL */ `
      type Query { newUser: User }
      type User @key(fields: "id") {
        id: ID! name: String! @override(from: "mid") since: Int @shareable @override(from: "gone") phone: String @override(from: "last")
      }
    `,
    resolvers: {
      Query: { newUser: () => ({ id: 'new' }) },
      User: { name: ({ id }: User) => `name ${id}`, since: () => 2000, phone: ({ id }: User) => `phone ${id}` },
    },
  },
  last: {
    sdl: /* GraphQL */ `
      type Query { lastUser: User }
      type User @key(fields: "id") { id: ID! since: Int @shareable phone: String }
    `,
    resolvers: { Query: { lastUser: () => ({ id: 'last' }) }, User: { since: () => 2000, phone: () => 'NEVER' } },
  },
};
