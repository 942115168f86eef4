/**
 * Interface objects with requirements of their own, extensions beside them, shared fields, and keys that nobody
 * resolves.
 */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Asset {
  readonly id: string;
  readonly name?: string;
}

const ASSETS = [
  { __typename: 'Bridge', id: 'a1', name: 'Long', spans: 3, isOpen: true },
  { __typename: 'Tunnel', id: 'a2', name: 'Deep', depth: 40 },
];
const find = ({ id }: Asset) => ASSETS.find((asset) => asset.id === id);
const named = ({ __typename }: { __typename: string }) => __typename;

export const SUBGRAPHS: Subgraphs = {
  assets: {
    sdl: /* GraphQL */ `
      type Query { assets: [Asset!]! bridge: Bridge place: Place }
      interface Asset @key(fields: "id") { id: ID! name: String }
      type Bridge implements Asset @key(fields: "id") { id: ID! name: String spans: Int isOpen: Boolean! @shareable }
      type Tunnel implements Asset @key(fields: "id") { id: ID! name: String depth: Int }
      interface Place @key(fields: "id") { id: ID! }
    `,
    resolvers: {
      Query: { assets: () => ASSETS, bridge: () => ASSETS[0], place: () => ({ __typename: 'Place', id: 'p1' }) },
      Asset: { __resolveReference: find, __resolveType: named },
      Bridge: { __resolveReference: find },
      Tunnel: { __resolveReference: find },
    },
  },
  inspections: {
    sdl: /* GraphQL */ `
      type Query { inspected: [Asset] }
      type Asset @key(fields: "id") @interfaceObject {
        id: ID! name: String @external title: String @requires(fields: "name") isOpen: Boolean! @shareable
      }
    `,
    resolvers: {
      Query: { inspected: () => [{ id: 'a2' }, null, { id: 'a1' }] },
      Asset: { title: ({ name }: Asset) => (name ? `Inspection of ${name}` : null), isOpen: () => false },
    },
  },
  tours: {
    sdl: /* GraphQL */ `
      type Place @key(fields: "id", resolvable: false) @interfaceObject { id: ID! note: String }
      type Query { noted: Place tour: Tour }
      type Tour { stops: [Asset!]! }
      type Asset @key(fields: "id") @interfaceObject { id: ID! }
    `,
    resolvers: {
      Query: { noted: () => ({ id: 'p1' }), tour: () => ({ stops: [{ id: 'a1' }, { id: 'a2' }] }) },
      Place: { note: () => 'quiet' },
    },
  },
  staff: {
    sdl: 'type Bridge @key(fields: "id") { id: ID! engineer: String }',
    resolvers: { Bridge: { engineer: ({ id }: Asset) => `engineer of ${id}` } },
  },
};
