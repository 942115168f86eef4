/**
 * Objects of the query type inside the answer, and unions and interfaces of which each subgraph knows some members.
 * Apollo's composition takes it.
 */
import { createWorld, type Thing, type World } from './world.ts';

function createReentry(): World {
  const root: Record<string, unknown> = {};
  const book = {
    __typename: 'Book',
    id: 'b1',
    title: 'Bricks',
    query: root,
    pages: ({ unit }: { unit?: string | null }) => (unit === 'KILO' ? 7000 : 7),
  };
  const film = { __typename: 'Film', id: 'f1', minutes: 90, query: null as Thing | null };
  const users = [
    { __typename: 'User', name: 'Ann', home: root as Thing | null, favourite: film as Thing },
    { __typename: 'User', name: null, home: null, favourite: book as Thing },
  ];
  const viewers = [
    { handle: 'h1', query: root, item: book as Thing | null },
    null,
    { handle: null, query: root, item: film as Thing | null },
  ];
  const alpha = { __typename: 'Alpha', id: 'a', value: 'v' };
  const beta = { __typename: 'Beta', id: 'b', details: 'd', on: book };
  const delta = { __typename: 'Delta', count: 3 };
  Object.assign(root, {
    version: 'v1',
    viewer: viewers[0],
    viewers,
    reply: { message: 'all', actions: [alpha, beta] },
    other: { message: 'some', actions: [delta, alpha] },
    user: ({ first }: { first?: number | null }) => users[first ?? 0] ?? null,
    users,
    found: [users[0], null, book],
  });
  return createWorld({ root, entities: { Book: [book], Film: [film] }, sdl: SDL });
}

const SDL = {
  viewers: /* GraphQL */ `
    type Query { version: String viewer: Viewer viewers: [Viewer]! reply: Reply }
    type Viewer { query: Query! handle: String item: Item }
    interface Item { id: ID! query: Query }
    type Book implements Item @key(fields: "id") { id: ID! title: String query: Query }
    type Film implements Item @key(fields: "id") { id: ID! query: Query }
    type Reply @shareable { message: String actions: [Action!]! }
    union Action = Alpha | Beta
    type Alpha @shareable { id: ID! value: String }
    type Beta { id: ID! details: String on: Book }
  `,
  users: /* GraphQL */ `
    type Query { user(first: Int): User users: [User!] found: [Found]! other: Reply }
    union Found = User | Book
    union Favourite = Book | Film
    type User { name: String home: Query favourite: Favourite }
    type Book @key(fields: "id") { id: ID! pages(unit: String): Int }
    type Film @key(fields: "id") { id: ID! minutes: Int }
    type Reply @shareable { message: String actions: [Action!]! }
    union Action = Alpha | Delta
    type Alpha @shareable { id: ID! value: String }
    type Delta { count: Int }
  `,
} as const;

export const REENTRY: World = createReentry();
