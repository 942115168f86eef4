/**
 * Fields of one name that a subgraph types differently in different objects: it refuses to answer them under one
 * response name.
 */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Row {
  readonly __typename: string;
  readonly id: string;
}

const PARK = { __typename: 'Park', id: 'p', code: 'P', title: 'Green', size: 3, seats: [{ no: 1 }, { no: 2 }] };
const STREET = { __typename: 'Street', id: 's', code: 'S', title: null, size: 7, seats: [{ no: null }] };
const ROWS = [PARK, STREET];
const find = ({ id }: Row) => ROWS.find((row) => row.id === id);

export const SUBGRAPHS: Subgraphs = {
  index: {
    sdl: /* GraphQL */ `
      type Query { places: [Place!]! }
      interface Place { id: ID! }
      type Park implements Place @key(fields: "id") { id: ID! }
      type Street implements Place @key(fields: "id") { id: ID! }
    `,
    resolvers: { Query: { places: () => ROWS.map(({ __typename, id }) => ({ __typename, id })) } },
  },
  town: {
    sdl: /* GraphQL */ `
      type Query { things: [Thing!]! }
      interface Place { id: ID! title: String }
      union Thing = Park | Street
      type Park implements Place @key(fields: "id") @key(fields: "code") {
        id: ID! code: ID! title: String! size: Int! @shareable level: Int! @shareable seats: [ParkSeat!]!
      }
      type Street implements Place @key(fields: "id") @key(fields: "code") {
        id: ID! code: ID title: String size: Int @shareable level: Int @shareable seats: [StreetSeat!]!
      }
      type ParkSeat @shareable { no: Int! }
      type StreetSeat @shareable { no: Int }
    `,
    resolvers: {
      Query: { things: () => ROWS },
      Park: { __resolveReference: find, level: () => 1 },
      Street: {
        __resolveReference: find,
        level: () => {
          throw new Error('nobody measured it');
        },
      },
    },
  },
  notes: {
    sdl: /* GraphQL */ `
      type Query { seat: ParkSeat }
      type Park @key(fields: "code") { code: ID! size: Int @shareable level: Int @shareable note: String }
      type Street @key(fields: "code") { code: ID! note: String }
      type ParkSeat @shareable { no: Int }
    `,
    resolvers: {
      Query: { seat: () => ({ no: 0 }) },
      Park: {
        __resolveReference: ({ code }: { code: string }) => ({ code, size: 3, level: 1, note: `of park ${code}` }),
      },
      Street: { __resolveReference: ({ code }: { code: string }) => ({ code, note: `of street ${code}` }) },
    },
  },
};
