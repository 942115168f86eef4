/**
 * `@requires` of one field with different arguments, by several fields and several subgraphs, at the top and nested.
 */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Item {
  readonly id: string;
  readonly price?: unknown;
  readonly size?: { readonly width?: unknown };
}

const ofPrice = ({ price }: Item) => String(price);
const ofBoth = ({ price, size }: Item) => `${price}, ${size?.width}`;

export const SUBGRAPHS: Subgraphs = {
  prices: {
    sdl: /* GraphQL */ `
      type Query { item: Item items: [Item!] box: Box free: Item }
      type Box { item: Item inner: [Item!] }
      type Item @key(fields: "id") { id: ID! price(currency: String): String size(unit: String): Size }
      type Size { width(round: Int): String }
    `,
    resolvers: {
      Query: {
        item: () => ({ id: '1' }),
        free: () => ({ id: 'free' }),
        items: () => [{ id: '1' }, { id: '2' }],
        box: () => ({ item: { id: '1' }, inner: [{ id: '2' }] }),
      },
      Item: {
        price: ({ id }: Item, { currency = 'none' }: { currency?: string }) => {
          if (id === 'free' && currency === 'EUR') throw new Error('it has no price');
          return `${id} in ${currency}`;
        },
        size: ({ id }: Item, { unit = 'none' }: { unit?: string }) => ({ id: `${id} in ${unit}` }),
      },
      Size: { width: ({ id }: Item, { round = 0 }: { round?: number }) => `${id} by ${round}` },
    },
  },
  euro: {
    sdl: /* GraphQL */ `
      type Item @key(fields: "id") {
        id: ID!
        price(currency: String): String @external
        size(unit: String): Size @external
        euro: String @requires(fields: "price(currency: \\"EUR\\")")
        dollar: String @requires(fields: "price(currency: \\"USD\\")")
        plain: String @requires(fields: "price")
        wide: String @requires(fields: "price(currency: \\"EUR\\") size(unit: \\"m\\") { width(round: 2) }")
        narrow: String @requires(fields: "price size { width }")
      }
      type Size @external { width(round: Int): String }
    `,
    resolvers: { Item: { euro: ofPrice, dollar: ofPrice, plain: ofPrice, wide: ofBoth, narrow: ofBoth } },
  },
  other: {
    sdl: /* GraphQL */ `
      type Item @key(fields: "id") {
        id: ID!
        price(currency: String): String @external
        size(unit: String): Size @external
        bare: String @requires(fields: "price")
        yuan: String @requires(fields: "price(currency: \\"CNY\\")")
        mixed: String @requires(fields: "price size(unit: \\"km\\") { width(round: 2) }")
      }
      type Size @external { width(round: Int): String }
    `,
    resolvers: { Item: { bare: ofPrice, yuan: ofPrice, mixed: ofBoth } },
  },
};
