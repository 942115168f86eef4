/** Subgraphs of the first Federation, beside one of the second: extensions, external keys, and keys of more fields. */
import type { Subgraphs } from '../../subgraph-server.ts';

const DOG = { id: 'd1', chip: 'c1', name: 'Wang', breed: 'chow', tag: 't1' };

interface Key {
  readonly id?: string;
  readonly name?: string;
}

export const SUBGRAPHS: Subgraphs = {
  dogs: {
    federation: 1,
    sdl: /* GraphQL */ `
      type Query { dog: Dog }
      type Dog @key(fields: "id") { id: ID! name: String! breed: String }
    `,
    resolvers: { Query: { dog: () => DOG }, Dog: { __resolveReference: () => DOG } },
  },
  walks: {
    federation: 1,
    sdl: /* GraphQL */ `
      type Query { lastWalked: Dog namedWalked: Dog @provides(fields: "name") }
      extend type Dog @key(fields: "id") { id: ID! @external name: String! @external walks: Int }
    `,
    resolvers: {
      Query: { lastWalked: () => ({ id: 'd1' }), namedWalked: () => ({ id: 'd1', name: 'provided' }) },
      Dog: { walks: () => 7 },
    },
  },
  vets: {
    federation: 1,
    sdl: /* GraphQL */ `
      type Query { patient: Dog }
      type Dog @key(fields: "id name") @extends { id: ID! @external name: String! @external weight: Int owner: Owner }
      type Owner { name: String }
    `,
    resolvers: {
      Query: { patient: () => ({ id: 'd1', name: 'Wang' }) },
      Dog: { weight: ({ id, name }: Key) => (id && name ? 20 : null), owner: () => ({ name: 'Zhao' }) },
    },
  },
  tags: {
    sdl: /* GraphQL */ `
      extend type Dog @key(fields: "id") { id: ID! @external tag: String @shareable }
    `,
    resolvers: { Dog: { tag: () => DOG.tag } },
  },
};
