/** Fields worked out from fields of other subgraphs: with arguments, through lists, in chains, and below fragments. */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Parcel {
  readonly id: string;
  readonly weight?: number;
  readonly size?: { readonly width: number; readonly height: number };
  readonly items?: readonly { readonly name: string; readonly value: number }[];
  readonly postage?: number;
}

const PARCELS: Record<string, Parcel> = {
  a: {
    id: 'a',
    weight: 10,
    size: { width: 2, height: 3 },
    items: [
      { name: 'cup', value: 4 },
      { name: 'pot', value: 9 },
    ],
  },
  b: { id: 'b', weight: 1, size: { width: 1, height: 1 }, items: [] },
  c: { id: 'c' },
};

export const SUBGRAPHS: Subgraphs = {
  senders: {
    sdl: /* GraphQL */ `
      type Query { parcels: [Parcel]! parcel(id: ID!): Parcel }
      type Parcel @key(fields: "id") { id: ID! note: String next: Parcel }
    `,
    resolvers: {
      Query: {
        parcels: () => [{ id: 'a' }, null, { id: 'b' }, { id: 'c' }],
        parcel: (_: unknown, { id }: Parcel) => ({ id }),
      },
      Parcel: {
        note: ({ id }: Parcel) => `note ${id}`,
        next: ({ id }: Parcel) => (id === 'a' ? { id: 'b' } : null),
        __resolveReference: (key: Parcel) => key,
      },
    },
  },
  scales: {
    sdl: /* GraphQL */ `
      type Parcel @key(fields: "id") {
        id: ID!
        weight(unit: Unit = KG): Float
        size: Size
        items: [Item!]
      }
      type Size { width: Int! height: Int! }
      type Item { name: String! value: Int! }
      enum Unit { KG G }
    `,
    resolvers: {
      Parcel: {
        __resolveReference: ({ id }: Parcel) => PARCELS[id],
        weight: ({ weight }: Parcel, { unit }: { unit: string }) =>
          weight === undefined ? null : unit === 'G' ? weight * 1000 : weight,
      },
    },
  },
  postage: {
    sdl: /* GraphQL */ `
      type Parcel @key(fields: "id") {
        id: ID!
        weight(unit: Unit = KG): Float @external
        size: Size @external
        items: [Item!] @external
        postage: Float @requires(fields: "weight(unit: G) size { width }")
        insured(rate: Float = 2): Float @requires(fields: "items { value }")
        label: String @requires(fields: "size { height width }")
      }
      type Size { width: Int! @external height: Int! @external }
      type Item { value: Int! @external }
      enum Unit { KG G }
    `,
    resolvers: {
      Parcel: {
        postage: ({ weight, size }: Parcel) => (weight && size ? weight * size.width : null),
        insured: ({ items }: Parcel, { rate }: { rate: number }) =>
          items ? rate * items.reduce((sum, item) => sum + item.value, 0) : null,
        label: ({ size }: Parcel) => (size ? `${size.width}x${size.height}` : null),
      },
    },
  },
  invoices: {
    sdl: /* GraphQL */ `
      type Parcel @key(fields: "id") {
        id: ID!
        postage: Float @external
        invoice: String @requires(fields: "postage")
      }
    `,
    resolvers: { Parcel: { invoice: ({ postage }: Parcel) => (postage ? `pay ${postage}` : null) } },
  },
};
