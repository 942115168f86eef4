/** Keys that are several, composite, nested, lists, unresolvable or left null by those who should translate them. */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Lamp {
  readonly id: string;
  readonly tag: string;
  readonly pole: { readonly street: string; readonly number: number };
  readonly watts: number;
}

const LAMPS: readonly Lamp[] = [
  { id: 'l1', tag: 't1', pole: { street: 'North', number: 1 }, watts: 40 },
  { id: 'l2', tag: 't2', pole: { street: 'North', number: 2 }, watts: 60 },
  { id: 'l3', tag: 't3', pole: { street: 'South', number: 1 }, watts: 80 },
];

const byTag = ({ tag }: Lamp) => LAMPS.find((lamp) => lamp.tag === tag);
const byPole = ({ pole }: Lamp) =>
  LAMPS.find((lamp) => lamp.pole.street === pole.street && lamp.pole.number === pole.number);

export const SUBGRAPHS: Subgraphs = {
  tags: {
    sdl: /* GraphQL */ `
      type Query { lamps: [Lamp!]! circuit: Circuit! }
      type Lamp @key(fields: "tag") { tag: ID! }
      type Circuit @key(fields: "lamps { tag }") { lamps: [Lamp!]! }
    `,
    resolvers: {
      Query: {
        lamps: () => LAMPS.map(({ tag }) => ({ tag })),
        circuit: () => ({ lamps: LAMPS.slice(0, 2).map(({ tag }) => ({ tag })) }),
      },
    },
  },
  register: {
    sdl: /* GraphQL */ `
      type Lamp @key(fields: "id") @key(fields: "tag") @key(fields: "pole { street number }", resolvable: false) {
        id: ID! tag: ID! pole: Pole!
      }
      type Pole { street: String! number: Int! }
    `,
    resolvers: {
      Lamp: {
        // The register does not know the third lamp, so that nobody can translate its tag.
        __resolveReference: (key: Lamp) => {
          const lamp = key.id === undefined ? byTag(key) : LAMPS.find(({ id }) => id === key.id);
          return lamp?.id === 'l3' ? null : lamp;
        },
      },
    },
  },
  energy: {
    sdl: /* GraphQL */ `
      type Lamp @key(fields: "id") { id: ID! watts: Int maker: Maker }
      type Maker @key(fields: "name country { code }", resolvable: false) { name: String! country: Country! }
      type Country { code: String! }
    `,
    resolvers: {
      Lamp: {
        __resolveReference: ({ id }: Lamp) => LAMPS.find((lamp) => lamp.id === id),
        maker: ({ id }: Lamp) => ({ name: `maker of ${id}`, country: { code: 'CN' } }),
      },
    },
  },
  poles: {
    sdl: /* GraphQL */ `
      type Lamp @key(fields: "pole { street number }") { pole: Pole! @shareable height: Int }
      type Pole @shareable { street: String! number: Int! }
    `,
    resolvers: {
      Lamp: { __resolveReference: byPole, height: ({ pole }: Lamp) => pole.number * 5 },
    },
  },
  makers: {
    sdl: /* GraphQL */ `
      type Maker @key(fields: "name country { code }") { name: String! country: Country! founded: Int }
      type Country @shareable { code: String! }
    `,
    resolvers: { Maker: { founded: ({ name }: { name: string }) => name.length } },
  },
  circuits: {
    sdl: /* GraphQL */ `
      type Circuit @key(fields: "lamps { tag id }") { lamps: [Lamp!]! fuse: String! }
      type Lamp @key(fields: "tag id", resolvable: false) { tag: ID! id: ID! }
    `,
    resolvers: { Circuit: { fuse: ({ lamps }: { lamps: Lamp[] }) => lamps.map(({ id, tag }) => id + tag).join('-') } },
  },
};
