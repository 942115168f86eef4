/**
 * Type names: at the root, of members, under aliases, without anything else, and of objects that know them from others
 * alone.
 */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Owner {
  readonly id: string;
}

export const SUBGRAPHS: Subgraphs = {
  things: {
    sdl: /* GraphQL */ `
      type Query { any: Any face: Face boxes: [[Box!]] }
      type Mutation { touch: Any }
      union Any = Box | Bag
      interface Face { id: ID! }
      type Box implements Face @key(fields: "id") { id: ID! any: Any }
      type Bag implements Face { id: ID! }
      interface Owner @key(fields: "id") { id: ID! }
      type City implements Owner @key(fields: "id") { id: ID! }
    `,
    resolvers: {
      Query: {
        any: () => ({ __typename: 'Box', id: '1', any: { __typename: 'Bag', id: '2' } }),
        face: () => ({ __typename: 'Bag', id: '2' }),
        boxes: () => [[{ id: '3' }], null, []],
      },
      Mutation: { touch: () => ({ __typename: 'Bag', id: '4' }) },
      Owner: { __resolveReference: ({ id }: Owner) => ({ __typename: 'City', id }) },
    },
  },
  owners: {
    sdl: /* GraphQL */ `
      type Query { owners: [Owner] }
      type Owner @key(fields: "id") @interfaceObject { id: ID! name: String }
      type Box @key(fields: "id") { id: ID! owner: Owner }
    `,
    resolvers: {
      Query: { owners: () => [{ id: 'o1' }, null] },
      Owner: { name: ({ id }: Owner) => `name ${id}` },
      Box: { owner: ({ id }: Owner) => ({ id: `o${id}` }) },
    },
  },
};
