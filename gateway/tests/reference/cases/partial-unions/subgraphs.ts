/** Unions with other members in other subgraphs, some of whose fields are elsewhere. */
import type { Subgraphs } from '../../subgraph-server.ts';

interface Thing {
  readonly id: string;
}

const ACTIONS = [
  { __typename: 'Alpha', id: 'a', value: 'v' },
  { __typename: 'Beta', id: 'b', name: 'old', details: 'd' },
  { __typename: 'Gamma', id: 'g', label: 'l' },
];

export const SUBGRAPHS: Subgraphs = {
  primary: {
    sdl: /* GraphQL */ `
      type Query { get: Response list: [Response] any: Action @shareable one: Response @shareable }
      type Response @shareable { actions: [Action!]! message: String }
      union Action = Alpha | Beta | Gamma
      type Alpha @shareable { id: ID! value: String }
      type Beta @key(fields: "id") { id: ID! name: String details: String }
      type Gamma @key(fields: "id") { id: ID! label: String }
    `,
    resolvers: {
      Query: {
        any: () => ACTIONS[1],
        one: () => ({ actions: ACTIONS, message: 'm' }),
        get: () => ({ actions: ACTIONS, message: 'm' }),
        list: () => [{ actions: ACTIONS }, null, { actions: ACTIONS.slice(1, 2) }],
      },
    },
  },
  secondary: {
    sdl: /* GraphQL */ `
      type Query { other: Response any: Action @shareable one: Response @shareable }
      type Response @shareable { actions: [Action!]! message: String }
      union Action = Alpha
      type Alpha @shareable { id: ID! value: String }
    `,
    resolvers: {
      Query: {
        any: () => ({ __typename: 'Beta' }),
        one: () => ({ actions: ACTIONS.slice(0, 1), message: 'o' }),
        other: () => ({ actions: ACTIONS.slice(0, 1), message: 'o' }),
      },
    },
  },
  third: {
    sdl: /* GraphQL */ `
      type Beta @key(fields: "id") { id: ID! name: String @override(from: "primary") extra(of: String): String deep: Deep }
      type Gamma @key(fields: "id") { id: ID! more: Beta }
      type Deep { text: String }
    `,
    resolvers: {
      Beta: {
        name: ({ id }: Thing) => `name of ${id}`,
        extra: ({ id }: Thing, { of = 'nothing' }: { of?: string }) => `${id} of ${of}`,
        deep: ({ id }: Thing) => ({ text: `deep ${id}` }),
      },
      Gamma: { more: () => ({ id: 'gb' }) },
    },
  },
};
