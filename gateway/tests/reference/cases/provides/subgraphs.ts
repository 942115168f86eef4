/**
 * Fields that are provided on one path only: nested, on members of unions and interfaces, and never more than was
 * asked.
 */
import type { Subgraphs } from '../../subgraph-server.ts';

const never = (what: string) => () => {
  throw new Error(`nobody needs ${what}`);
};

const PARKS = [
  {
    __typename: 'Park',
    id: 'p1',
    name: 'East',
    benches: [
      { id: 'b1', wood: 'oak', keeper: { id: 'k1', name: 'Li' } },
      { id: 'b2', wood: 'ash', keeper: null },
    ],
  },
  { __typename: 'Park', id: 'p2', name: 'West', benches: [] },
];
const POOL = { __typename: 'Pool', id: 'w1', name: 'Deep' };

export const SUBGRAPHS: Subgraphs = {
  parks: {
    sdl: /* GraphQL */ `
      type Query {
        parks: [Park!]! @provides(fields: "name area benches { wood keeper { name } }")
        places: [Place!]! @provides(fields: "... on Park { name }")
        spots: [Spot!]! @provides(fields: "... on Park { name } ... on Pool { name }")
      }
      union Place = Park | Pool
      interface Spot { id: ID! }
      type Park implements Spot @key(fields: "id") {
        id: ID! name: String @external area: Int @external benches: [Bench!] @external
      }
      type Pool implements Spot @key(fields: "id") { id: ID! name: String @external }
      type Bench @key(fields: "id") { id: ID! @external wood: String @external keeper: Keeper @external }
      type Keeper @key(fields: "id") { id: ID! @external name: String @external }
    `,
    resolvers: {
      Query: {
        parks: () => PARKS,
        places: () => [PARKS[0], { __typename: 'Pool', id: 'w1' }],
        spots: () => [PARKS[1], POOL],
      },
      Park: { area: never('the area') },
    },
  },
  details: {
    sdl: /* GraphQL */ `
      interface Spot { id: ID! name: String }
      type Park implements Spot @key(fields: "id") { id: ID! name: String @shareable area: Int @shareable benches: [Bench!] @shareable opened: Int }
      type Pool implements Spot @key(fields: "id") { id: ID! name: String @shareable }
      type Bench @key(fields: "id") { id: ID! wood: String @shareable keeper: Keeper @shareable painted: Int }
      type Keeper @key(fields: "id") { id: ID! name: String @shareable }
    `,
    resolvers: {
      Park: { name: never('the name'), benches: () => [{ id: 'b1' }, { id: 'b2' }], opened: () => 1990 },
      Pool: { name: () => 'asked elsewhere' },
      Bench: { wood: never('the wood'), keeper: never('the keeper'), painted: () => 2020 },
      Keeper: { name: never('the keeper again') },
    },
  },
};
