/** Unions whose members differ from subgraph to subgraph. */
import type { Subgraphs } from '../../subgraph-server.ts';

const TREE = { __typename: 'Tree', id: 't1', name: 'Elm', rings: 30, roots: 12 };
const SIGN = { __typename: 'Sign', id: 's1', name: 'Stop', text: 'STOP' };
const GATE = { __typename: 'Gate', id: 'g1', name: 'Front', width: 4 };
const POST = { __typename: 'Post', label: 'post' };

const never = (): never => {
  throw new Error('nobody of this kind is there');
};

export const SUBGRAPHS: Subgraphs = {
  north: {
    sdl: /* GraphQL */ `
      type Query { thing: Thing @shareable northThing: Thing yard: Yard @shareable fence: Fence report: Report }
      union Thing = Tree | Sign
      type Tree @key(fields: "id") { id: ID! name: String! @shareable rings: Int! }
      type Sign @key(fields: "id") { id: ID! name: String! text: String! }
      type Yard { thing: Thing @shareable northThing: Thing only: Tree @shareable }
      type Fence @key(fields: "id") { id: ID! parts: Parts @shareable }
      type Parts @shareable { all: [Part!]! }
      union Part = Post | Rail
      type Post @shareable { label: String }
      type Rail { metres: Int inner: Inner }
      type Inner { of: String }
      union Report = Anonymous | Signed
      type Anonymous { tree: Tree }
      type Signed { tree: Tree }
    `,
    resolvers: {
      Query: {
        thing: () => TREE,
        northThing: () => SIGN,
        yard: () => ({ thing: TREE, northThing: SIGN, only: TREE }),
        fence: () => ({ id: 'f1' }),
        report: () => ({ __typename: 'Anonymous', tree: TREE }),
      },
      Tree: { __resolveReference: () => TREE },
      Sign: { __resolveReference: () => SIGN },
      Fence: { parts: () => ({ all: [POST, { __typename: 'Rail', metres: 9, inner: { of: 'iron' } }] }) },
    },
  },
  south: {
    sdl: /* GraphQL */ `
      type Query { thing: Thing @shareable southThing: Thing yard: Yard @shareable southFence: Fence }
      union Thing = Tree | Gate
      type Tree @key(fields: "id") { id: ID! name: String! @shareable roots: Int! }
      type Gate @key(fields: "id") { id: ID! name: String! width: Int! }
      type Yard { thing: Thing @shareable southThing: Thing only: Tree @shareable }
      type Fence @key(fields: "id") { id: ID! parts: Parts @shareable southParts: Parts }
      type Parts @shareable { all: [Part!]! }
      union Part = Post | Wire
      type Post @shareable { label: String }
      type Wire { volts: Int }
    `,
    resolvers: {
      Query: {
        thing: () => TREE,
        southThing: () => GATE,
        yard: () => ({ thing: TREE, southThing: GATE, only: TREE }),
        southFence: () => ({ id: 'f2' }),
      },
      Tree: { __resolveReference: () => TREE },
      Gate: { __resolveReference: () => GATE },
      Fence: {
        parts: () => ({ all: [POST, { __typename: 'Wire', volts: 5 }] }),
        southParts: () => ({ all: [{ __typename: 'Wire', volts: 6 }] }),
      },
    },
  },
  pests: {
    sdl: /* GraphQL */ `
      type Tree @key(fields: "id") { id: ID! beetles: Int }
      type Sign @key(fields: "id") { id: ID! paint: Int }
    `,
    resolvers: { Tree: { beetles: () => 3 }, Sign: { __resolveReference: never } },
  },
};
