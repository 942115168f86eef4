/**
 * Entities with several keys, fields that require others, provided and overridden fields, lists of lists, and failures.
 */
import { createWorld, read, type Thing, type World } from './world.ts';

function fail(message: string): () => never {
  return () => {
    throw new Error(message);
  };
}

const BROKEN_HARD: Thing = { 1: fail('broken hard'), 2: 'whole', 3: null };

function createMaker(id: string, country: string | null) {
  return {
    id,
    country,
    name: `Maker ${id}`,
    founded: id === 'm2' ? null : 1900,
    products: [] as Thing[],
    motto({ loud }: { loud?: boolean }) {
      return loud ? `${id}!` : id;
    },
  };
}

function createProduct(id: string, maker: Thing, weight: number | null) {
  return {
    id,
    sku: `sku-${id}`,
    title: `Product ${id}`,
    subtitle: id === '2' ? null : `sub ${id}`,
    maker,
    similar: [] as unknown[],
    shelves: [] as unknown[][],
    weight: ({ unit }: { unit?: string }) => (weight === null ? null : unit === 'G' ? weight * 1000 : weight),
    box: weight === null ? null : { width: weight, height: weight + 1, contents: [{ of: 'foam' }, { of: 'air' }] },
    price: ({ currency, discount }: { currency?: string; discount?: { percent: number; label?: string } }) =>
      `${id} ${currency ?? 'none'} ${discount ? `${discount.percent} ${discount.label}` : ''}`,
    stock: id === '3' ? null : Number(id) * 5,
    stars: id === '2' ? null : Number(id) + 1,
    reviews: id === '2' ? null : ([] as Thing[]),
    postage(this: Thing) {
      const [grams, box] = [read(this.weight, { unit: 'G' }), this.box as { width: number } | null | undefined];
      return typeof grams === 'number' && box ? grams + box.width : null;
    },
    packing(this: Thing) {
      const box = this.box as { contents: { of: string }[]; height: number } | null | undefined;
      return box ? `${box.contents.map((part) => part.of).join(' and ')} ${box.height}` : null;
    },
    invoice(this: Thing) {
      const postage = typeof this.postage === 'function' ? this.postage() : this.postage;
      return typeof postage === 'number' ? `${postage} due` : null;
    },
    broken: fail(`broken ${id}`),
    brokenHard: BROKEN_HARD[id],
  };
}

function createShop(): World {
  const makers = [createMaker('m1', 'CN'), createMaker('m2', null)];
  const products = [
    createProduct('1', makers[0]!, 2),
    createProduct('2', makers[1]!, 3),
    createProduct('3', makers[0]!, null),
  ];
  const [one, two, three] = [products[0]!, products[1]!, products[2]!];
  const links: readonly (readonly [Thing, Thing[], unknown[][]])[] = [
    [one, [two, three], [[one, null], [two]]],
    [two, [], []],
    [three, [three, one], [[], [three, two]]],
  ];
  for (const [product, similar, shelves] of links) Object.assign(product, { similar, shelves });
  makers[0]!.products.push(one, three);
  makers[1]!.products.push(two);
  const reviews = ['r1', 'r2', 'r3'].map((id, i) => ({
    id,
    text: `Review ${id}`,
    product: products[i]!,
    author: i === 1 ? null : { name: `Author ${id}` },
  }));
  products.forEach((product, i) => {
    product.reviews?.push(...reviews.slice(0, i));
  });
  const byId = ({ id }: { id: string }): Thing | null => products.find((product) => product.id === id) ?? null;
  return createWorld({
    root: {
      products,
      product: byId,
      makers,
      bestsellers: ({ first }: { first: number }) => [null, two, one].slice(0, first),
      latest: reviews,
      rated: products,
    },
    entities: { Product: products, Maker: makers, Review: reviews },
    unknown: ['reviews/2', 'warehouse/3'],
    sdl: SDL,
  });
}

const SDL = {
  catalogue: /* GraphQL */ `
    type Query { products: [Product!]! product(id: ID!): Product makers: [Maker!]! }
    type Product @key(fields: "id") @key(fields: "sku") {
      id: ID! sku: String! title: String! subtitle: String maker: Maker! similar: [Product!]! shelves: [[Product]!]!
      stars: Int
      price(currency: Currency = CNY, discount: Discount = { percent: 5 }): String
      broken: String
    }
    enum Currency { CNY EUR }
    input Discount { percent: Int! label: String = "sale" }
    type Maker @key(fields: "id") { id: ID! name: String! @shareable country: String }
  `,
  warehouse: /* GraphQL */ `
    type Query { bestsellers(first: Int! = 3): [Product]! }
    type Product @key(fields: "sku") {
      sku: String! stock: Int weight(unit: Unit = KG): Float box: Box brokenHard: String!
    }
    enum Unit { KG G }
    type Box { width: Float! height: Float! contents: [Content!]! }
    type Content { of: String! }
    type Maker @key(fields: "id") { id: ID! founded: Int motto(loud: Boolean = false): String products: [Product!]! }
  `,
  postage: /* GraphQL */ `
    type Product @key(fields: "id") {
      id: ID!
      weight(unit: Unit = KG): Float @external
      box: Box @external
      postage: Float @requires(fields: "weight(unit: G) box { width }")
      packing: String @requires(fields: "box { contents { of } height }")
    }
    enum Unit { KG G }
    type Box { width: Float! @external height: Float! @external contents: [Content!]! @external }
    type Content { of: String! @external }
  `,
  invoices: /* GraphQL */ `
    type Product @key(fields: "id") { id: ID! postage: Float @external invoice: String @requires(fields: "postage") }
  `,
  reviews: /* GraphQL */ `
    type Query { latest: [Review!]! @provides(fields: "product { title }") rated: [Product!]! }
    type Review @key(fields: "id") { id: ID! text: String! product: Product! author: Author }
    type Author { name: String! }
    type Product @key(fields: "id") {
      id: ID! title: String! @external reviews: [Review!] stars: Int @override(from: "catalogue")
    }
  `,
} as const;

export const SHOP: World = createShop();
