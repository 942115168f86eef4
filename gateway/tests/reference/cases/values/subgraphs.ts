/** Values as they go in and out: custom scalars of any shape, enums, input objects with defaults, and variables. */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Filter {
  readonly [name: string]: unknown;
}

interface Item {
  readonly id: string;
}

const echo = (_: unknown, args: Filter) => JSON.stringify(args);

const INPUTS = /* GraphQL */ `
  scalar JSON
  scalar Moment
  enum Colour { RED GREEN }
  input Range { from: Int = 1 to: Int! }
  input Filter { colour: Colour = GREEN ranges: [Range!] = [{ to: 9 }] nested: Filter text: String any: JSON }
`;

export const SUBGRAPHS: Subgraphs = {
  items: {
    sdl: /* GraphQL */ `
      ${INPUTS}
      type Query {
        item: Item!
        anything: JSON
        colours: [Colour!]!
        echo(filter: Filter, list: [Int!], any: JSON, at: Moment): String!
        numbers: Numbers
      }
      type Item @key(fields: "id tag { key }") { id: ID! tag: Tag! data: JSON at: Moment }
      type Tag @shareable { key: JSON! }
      type Numbers { int: Int float: Float whole: Float big: Float id: ID yes: Boolean no: Boolean empty: String zero: Int }
    `,
    resolvers: {
      Query: {
        item: () => ({
          id: 7,
          tag: { key: { deep: [1, { er: null }] } },
          data: { id: 'x', __typename: 'Odd', a: [[]] },
          at: '2026-01-01',
        }),
        anything: () => ({ echo: [1, 'two', { three: null }], data: false }),
        colours: () => ['RED', 'GREEN'],
        echo,
        numbers: () => ({ int: -1, float: 1.5, whole: 3, big: 1e21, id: 12, yes: true, no: false, empty: '', zero: 0 }),
      },
    },
  },
  more: {
    sdl: /* GraphQL */ `
      ${INPUTS}
      type Query { echoMore(filter: Filter!, colour: Colour = RED): String! }
      type Item @key(fields: "id tag { key }") {
        id: ID!
        tag: Tag!
        more: JSON
        echo(filter: Filter, text: String = "none"): String!
        paint: Colour
      }
      type Tag @shareable { key: JSON! }
    `,
    resolvers: {
      Query: { echoMore: echo },
      Item: { more: ({ id, ...rest }: Item) => ({ id, rest }), echo, paint: () => 'RED' },
      Colour: { RED: 'RED', GREEN: 'GREEN' },
    },
  },
};
