/** Directives of the graph's own in operations, whose arguments have other defaults in other subgraphs. */
import type { Subgraphs } from '../../subgraph-server.ts';

const sdl = (field: string, fallback: string) => `
  extend schema @link(url: "https://specs.example.org/level/v1.0", import: ["@level"]) @composeDirective(name: "@level")
  directive @level(of: Level!${fallback}) on FIELD
  enum Level { LOW HIGH }
  type Query { ${field}: String }
`;

export const SUBGRAPHS: Subgraphs = {
  one: { sdl: sdl('one', ''), resolvers: { Query: { one: () => 'one' } } },
  two: { sdl: sdl('two', ' = LOW'), resolvers: { Query: { two: () => 'two' } } },
};
