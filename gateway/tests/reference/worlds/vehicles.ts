/**
 * Interfaces within interfaces that other subgraphs have as object types, and members that only some subgraphs know.
 */
import { createWorld, type Thing, type World } from './world.ts';

function createVehicle(id: string, kind: Thing) {
  return {
    id,
    color: id === 'bike' ? null : `color of ${id}`,
    next: undefined as Thing | undefined,
    score: id.length,
    comments: [] as Thing[],
    fee: ({ zone }: { zone?: string | null }) => `${id} in ${zone ?? 'all'}`,
    ...kind,
  };
}

function createVehicles(): World {
  const bike = createVehicle('bike', { __typename: 'Bike', wheels: 2, gears: 7 });
  const car = createVehicle('car', { __typename: 'Car', wheels: 4, doors: null });
  const boat = createVehicle('boat', { __typename: 'Boat', mast: true });
  const vehicles = [bike, car, boat];
  const wheel = { __typename: 'Wheel', id: 'wheel', weight: 3, speed: 9 };
  const frame = { __typename: 'Frame', id: 'frame', weight: null, of: boat };
  const drivers = [
    {
      __typename: 'Driver',
      id: '1',
      name: 'Ann',
      drives: car as Thing,
      tool: { __typename: 'Pump', bars: 3 } as Thing,
      carries: [frame, null, wheel],
      turns: wheel,
    },
    { __typename: 'Driver', id: '2', name: null, drives: boat as Thing, tool: bike as Thing, carries: [], turns: null },
  ];
  vehicles.forEach((vehicle, i) => {
    vehicle.next = vehicles[(i + 1) % vehicles.length];
    vehicle.comments.push({ text: `on ${vehicle.id}`, of: vehicle, by: drivers[i % 2] });
  });
  return createWorld({
    root: {
      vehicles,
      vehicle: ({ id }: { id: string }) => vehicles.find((vehicle) => vehicle.id === id) ?? null,
      land: [car, bike],
      drivers,
      driver: drivers[1],
      rated: [boat, bike],
      best: car,
      charged: [bike, boat],
    },
    entities: {
      Vehicle: vehicles,
      Bike: [bike],
      Car: [car],
      Boat: [boat],
      Driver: drivers,
      Part: [wheel, frame],
      MovingPart: [wheel],
      Wheel: [wheel],
      Frame: [frame],
    },
    sdl: SDL,
  });
}

const SDL = {
  catalogue: /* GraphQL */ `
    type Query { vehicles: [Vehicle!]! vehicle(id: ID!): Vehicle land: [Land] }
    interface Vehicle @key(fields: "id") { id: ID! color: String next: Vehicle }
    interface Land { wheels: Int! next: Vehicle }
    interface Part @key(fields: "id") { id: ID! weight: Int }
    interface MovingPart implements Part @key(fields: "id") { id: ID! weight: Int speed: Int! }
    type Wheel implements MovingPart & Part @key(fields: "id") { id: ID! weight: Int speed: Int! }
    type Frame implements Part @key(fields: "id") { id: ID! weight: Int of: Vehicle }
    type Bike implements Land & Vehicle @key(fields: "id") {
      id: ID! color: String next: Vehicle wheels: Int! gears: Int
    }
    type Car implements Land & Vehicle @key(fields: "id") {
      id: ID! color: String next: Vehicle wheels: Int! doors: Int
    }
    type Boat implements Vehicle @key(fields: "id") { id: ID! color: String next: Vehicle mast: Boolean }
  `,
  ratings: /* GraphQL */ `
    type Query { rated: [Vehicle!]! best: Vehicle }
    type Vehicle @key(fields: "id") @interfaceObject { id: ID! score: Int comments: [Comment!]! }
    type Comment { text: String! of: Vehicle! by: Driver }
    type Driver @key(fields: "id", resolvable: false) { id: ID! }
  `,
  fees: /* GraphQL */ `
    type Query { charged: [Vehicle] }
    type Vehicle @key(fields: "id") @interfaceObject { id: ID! fee(zone: String): String }
  `,
  drivers: /* GraphQL */ `
    type Query { drivers: [Driver!]! driver: Driver }
    type Driver @key(fields: "id") { id: ID! name: String drives: Vehicle tool: Tool carries: [Part] turns: MovingPart }
    type Vehicle @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }
    type Part @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }
    type MovingPart @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }
    union Tool = Pump | Bike
    type Pump { bars: Int }
    type Bike @key(fields: "id", resolvable: false) { id: ID! }
  `,
} as const;

export const VEHICLES: World = createVehicles();
