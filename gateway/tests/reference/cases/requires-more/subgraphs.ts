/** Requirements that conflict, go round in a circle, look into abstract types, or pass through other entities. */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Road {
  readonly id: string;
  readonly length?: number;
  readonly crew?: { readonly size: number };
  readonly isLong?: boolean;
  readonly surface?: { readonly __typename?: string; readonly cost?: number; readonly layers?: number };
  readonly repairs?: readonly { readonly day: number }[];
}

const LENGTHS: Record<string, number> = { r1: 3, r2: 12 };

export const SUBGRAPHS: Subgraphs = {
  roads: {
    sdl: /* GraphQL */ `
      type Query { roads: [Road!]! }
      type Road @key(fields: "id") {
        id: ID!
        length(unit: Unit!): Int
        surface: Surface
        repairs(first: Int!): [Repair!]!
        crew: Crew
      }
      enum Unit { KM M }
      interface Surface { cost: Int! }
      type Asphalt implements Surface @shareable { cost: Int! layers: Int! }
      type Gravel implements Surface @shareable { cost: Int! }
      type Repair @key(fields: "id") { id: ID! }
      type Crew @key(fields: "id") { id: ID! }
    `,
    resolvers: {
      Query: { roads: () => [{ id: 'r1' }, { id: 'r2' }] },
      Road: {
        __resolveReference: ({ id }: Road) => ({ id }),
        length: ({ id }: Road, { unit }: { unit: string }) => (LENGTHS[id] ?? 0) * (unit === 'M' ? 1000 : 1),
        surface: ({ id }: Road) =>
          id === 'r1' ? { __typename: 'Asphalt', cost: 7, layers: 2 } : { __typename: 'Gravel', cost: 1 },
        repairs: ({ id }: Road, { first }: { first: number }) =>
          ['a', 'b', 'c'].slice(0, first).map((name) => ({ id: id + name })),
        crew: ({ id }: Road) => ({ id: `c${id}` }),
      },
    },
  },
  crews: {
    sdl: /* GraphQL */ `
      type Crew @key(fields: "id") { id: ID! size: Int! }
      type Repair @key(fields: "id") { id: ID! day: Int! }
    `,
    resolvers: {
      Crew: { size: ({ id }: Road) => id.length },
      Repair: { day: ({ id }: Road) => id.charCodeAt(2) - 96 },
    },
  },
  tolls: {
    sdl: /* GraphQL */ `
      type Road @key(fields: "id") {
        id: ID!
        length(unit: Unit!): Int @external
        surface: Surface @external
        repairs(first: Int!): [Repair!]! @external
        crew: Crew @external
        toll: String @requires(fields: "length(unit: KM)")
        markers: String @requires(fields: "length(unit: M)")
        isLong: Boolean @requires(fields: "crew { size }")
        wear: String @requires(fields: "surface { cost ... on Asphalt { layers } }")
        lastRepair: Int @requires(fields: "repairs(first: 2) { day }")
        isBusy: Boolean @external
        detour: String @requires(fields: "isBusy")
      }
      enum Unit { KM M }
      interface Surface { cost: Int! }
      type Asphalt implements Surface @shareable { cost: Int! layers: Int! }
      type Gravel implements Surface @shareable { cost: Int! }
      type Crew @key(fields: "id") { id: ID! size: Int! @external }
      type Repair @key(fields: "id") { id: ID! day: Int! @external }
    `,
    resolvers: {
      Road: {
        toll: ({ length }: Road) => `${length} yuan`,
        markers: ({ length }: Road) => `${length} markers`,
        isLong: ({ crew }: Road) => (crew ? crew.size > 2 : null),
        wear: ({ surface }: Road) => (surface ? `${surface.cost}/${surface.layers ?? 'none'}` : null),
        lastRepair: ({ repairs }: Road) => repairs?.at(-1)?.day,
        detour: (road: Road & { isBusy?: boolean }) => (road.isBusy === undefined ? null : `busy ${road.isBusy}`),
      },
    },
  },
  traffic: {
    sdl: /* GraphQL */ `
      type Road @key(fields: "id") {
        id: ID!
        isLong: Boolean @external
        isBusy: Boolean @requires(fields: "isLong")
      }
    `,
    resolvers: { Road: { isBusy: ({ isLong }: Road) => (isLong === undefined ? null : !isLong) } },
  },
};
