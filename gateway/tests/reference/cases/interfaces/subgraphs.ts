/** Interfaces that have other implementations, other fields and other owners in other subgraphs. */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Row {
  readonly __typename: string;
  readonly id: string;
}

const PUMP = { __typename: 'Pump', id: 'p1', made: 'never', litres: 9 };
const VALVE = { __typename: 'Valve', id: 'v1', warranty: 3, made: '2001' };
const METER = { __typename: 'Meter', id: 'm1', made: '2003', digits: 6 };
const ROWS: readonly Row[] = [PUMP, VALVE, METER];
const find = ({ id }: Row) => ROWS.find((row) => row.id === id);
const make = (litres: number) => ({ __typename: 'Pump', id: `p${litres}`, litres });

export const SUBGRAPHS: Subgraphs = {
  plant: {
    sdl: /* GraphQL */ `
      type Query { parts: [Part] nodes: [Node] node(id: ID!): Node feed: [Dated] pump: Liquid }
      union Part = Pump | Valve
      interface Node { id: ID! }
      interface Warranted { warranty: Int }
      interface Dated { id: ID! made: String! }
      interface Liquid { next: Liquid }
      type Pump implements Dated & Liquid @key(fields: "id") {
        id: ID! made: String! next: Pump @provides(fields: "litres") litres: Int @external
      }
      type Valve implements Node & Warranted @key(fields: "id") { id: ID! warranty: Int }
    `,
    resolvers: {
      Query: {
        parts: () => [PUMP, VALVE, null],
        nodes: () => [VALVE],
        node: (_: unknown, row: Row) => find(row) ?? null,
        feed: () => [PUMP],
        pump: () => make(1),
      },
      Pump: {
        made: () => 'NEVER',
        next: ({ litres }: { litres: number }) => (litres < 3 ? make(litres + 1) : null),
        __resolveReference: ({ id }: Row) => make(Number(id.slice(1))),
      },
      Valve: { __resolveReference: find },
    },
  },
  store: {
    sdl: /* GraphQL */ `
      type Query { stock: [Stocked] }
      interface Node { id: ID! }
      interface Warranted { warranty: Int }
      interface Dated { id: ID! made: String! }
      interface Stocked { id: ID! made: String! }
      type Pump implements Node & Warranted & Stocked @key(fields: "id") {
        id: ID! warranty: Int made: String! @override(from: "plant") litres: Int @shareable
      }
      type Meter implements Dated @key(fields: "id") { id: ID! made: String! digits: Int! }
    `,
    resolvers: {
      Query: { stock: () => [{ ...PUMP, warranty: 1, made: '1999' }] },
      Pump: {
        __resolveReference: ({ id }: Row) => ({ id, warranty: 1, made: '1999', litres: Number(id.slice(1)) }),
      },
      Meter: { __resolveReference: () => METER },
    },
  },
};
