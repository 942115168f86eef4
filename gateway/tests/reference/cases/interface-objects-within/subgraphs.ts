/** An interface within another one, both of which another subgraph has as object types. */
import type { Subgraphs } from '../../subgraph-server.ts';

type Vehicle = Readonly<Record<string, unknown>> & { readonly id: string };

const VEHICLES: Readonly<Record<string, Vehicle>> = {
  bike: { __typename: 'Bike', id: 'bike', color: 'red', wheels: 2 },
  boat: { __typename: 'Boat', id: 'boat', color: 'blue' },
};
const known = { __resolveReference: ({ id }: { id: string }) => VEHICLES[id] };
const typed = { ...known, __resolveType: ({ __typename }: { __typename: string }) => __typename };

export const SUBGRAPHS: Subgraphs = {
  catalogue: {
    sdl: /* GraphQL */ `
      interface Vehicle @key(fields: "id") { id: ID! color: String }
      interface LandVehicle implements Vehicle @key(fields: "id") { id: ID! color: String wheels: Int! }
      type Bike implements LandVehicle & Vehicle @key(fields: "id") { id: ID! color: String wheels: Int! }
      type Boat implements Vehicle @key(fields: "id") { id: ID! color: String }
    `,
    resolvers: { Vehicle: typed, LandVehicle: typed, Bike: known, Boat: known },
  },
  trips: {
    sdl: /* GraphQL */ `
      type Vehicle @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }
      type LandVehicle @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }
      type Query { vehicles: [Vehicle]! }
    `,
    resolvers: { Query: { vehicles: () => [{ id: 'bike' }, null, { id: 'boat' }] } },
  },
};
