/** One entity in three subgraphs, by several, nested and composite keys. */
import type { Subgraphs } from '../../subgraph-server.ts';

const PRODUCTS = [
  { id: '1', sku: 'a', maker: { id: 'm1', country: 'CN' }, title: 'Lamp' },
  { id: '2', sku: 'b', maker: { id: 'm2', country: 'CN' }, title: 'Bench' },
  { id: '3', sku: 'c', maker: { id: 'm1', country: 'DE' }, title: 'Gone elsewhere' },
];
const STOCK: Record<string, number> = { a: 5, b: 0 };

interface Product {
  readonly id: string;
  readonly sku: string;
  readonly maker: { readonly id: string; readonly country: string };
}

export const SUBGRAPHS: Subgraphs = {
  catalogue: {
    sdl: /* GraphQL */ `
      type Query { products: [Product!]! product(id: ID!): Product matrix: [[Product]!]! }
      type Product @key(fields: "id") @key(fields: "sku") @key(fields: "maker { id country }") {
        id: ID!
        sku: String!
        title: String!
        maker: Maker!
        similar: [Product!]!
      }
      type Maker @shareable { id: ID! country: String! }
    `,
    resolvers: {
      Query: {
        products: () => PRODUCTS,
        product: (_: unknown, { id }: { id: string }) => PRODUCTS.find((product) => product.id === id),
        matrix: () => [[PRODUCTS[0], null], [], [PRODUCTS[1], PRODUCTS[0]]],
      },
      Product: {
        similar: ({ id }: Product) => PRODUCTS.filter((product) => product.id !== id),
        __resolveReference: (key: Product) => PRODUCTS.find(({ id, sku }) => id === key.id || sku === key.sku),
      },
    },
  },
  stock: {
    sdl: /* GraphQL */ `
      type Query { scarce: [Product!]! }
      type Product @key(fields: "sku") { sku: String! stock: Int inStock: Boolean! shelf: String }
    `,
    resolvers: {
      Query: { scarce: () => [{ sku: 'b' }] },
      Product: {
        __resolveReference: ({ sku }: Product) => (sku in STOCK ? { sku } : null),
        stock: ({ sku }: Product) => STOCK[sku],
        shelf: ({ sku }: Product) => `shelf ${sku}`,
        inStock: ({ sku }: Product) => STOCK[sku]! > 0,
      },
    },
  },
  makers: {
    sdl: /* GraphQL */ `
      type Product @key(fields: "maker { id country }") { maker: Maker! @shareable warranty: String }
      type Maker @shareable { id: ID! country: String! }
    `,
    resolvers: {
      Product: { warranty: ({ maker }: Product) => (maker.country === 'CN' ? `by ${maker.id}` : null) },
    },
  },
};
