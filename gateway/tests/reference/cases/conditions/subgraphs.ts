/** Fields and fragments that are included or skipped, by literals and by variables with and without defaults. */
import type { Subgraphs } from '../../subgraph-server.ts';

interface City {
  readonly id: string;
}

export const SUBGRAPHS: Subgraphs = {
  cities: {
    sdl: /* GraphQL */ `
      type Query { city: City cities: [City!]! }
      type City @key(fields: "id") { id: ID! name: String! }
    `,
    resolvers: {
      Query: {
        city: () => ({ id: '1', name: 'Wuhan' }),
        cities: () => [
          { id: '1', name: 'Wuhan' },
          { id: '2', name: 'Yichang' },
        ],
      },
    },
  },
  counts: {
    sdl: /* GraphQL */ `
      type Query { total: Int! }
      type City @key(fields: "id") { id: ID! people: Int area(unit: String = "km2"): String }
    `,
    resolvers: {
      Query: { total: () => 2 },
      City: { people: ({ id }: City) => Number(id) * 100, area: (_: City, { unit }: { unit: string }) => `9 ${unit}` },
    },
  },
};
