/**
 * Fields of one name whose types differ below a union, so that they cannot be asked for side by side under that name.
 */
import type { Subgraphs } from '../../subgraph-server.ts';

const USERS = [{ __typename: 'Person', id: 'u1', name: 'Ann', contact: 'ann@here' }];
const members = () => [...USERS, { __typename: 'Firm', id: 'f1', name: null, contact: { street: 'North' } }];

export const SUBGRAPHS: Subgraphs = {
  people: {
    sdl: /* GraphQL */ `
      type Query { people: [Person!]! }
      type Person { id: ID @shareable }
    `,
    resolvers: { Query: { people: () => USERS } },
  },
  members: {
    sdl: /* GraphQL */ `
      type Query { members: [Member!]! }
      union Member = Person | Firm | Club
      type Person @key(fields: "id") { id: ID! name: String! contact: String peers: [Member!]! }
      type Firm { id: ID name: String @shareable contact: Address peers: [Member] }
      type Club @key(fields: "id") { id: ID! contact: String }
      type Address { street: String }
    `,
    resolvers: {
      Query: { members },
      Person: { __resolveReference: () => USERS[0], peers: members },
      Firm: { peers: members },
    },
  },
  clubs: {
    sdl: /* GraphQL */ `
      type Query { clubs: [Member!]! }
      union Member = Club
      type Club @key(fields: "id") { id: ID! founded: Int }
    `,
    resolvers: { Query: { clubs: () => [{ __typename: 'Club', id: 'c1' }] }, Club: { founded: () => 1900 } },
  },
};
