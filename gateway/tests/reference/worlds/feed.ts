/**
 * Interfaces that overlap and lie within one another, unions of their members, and entities below objects of several
 * types.
 */
import { createWorld, read, type Thing, type World } from './world.ts';

function inLanguage(text: string): (args: { lang?: string | null }) => string {
  return ({ lang }) => `${text} in ${lang ?? 'none'}`;
}

function createUser(id: string, age: number | null) {
  return {
    __typename: 'User',
    id,
    name: inLanguage(`User ${id}`),
    age,
    friend: undefined as Thing | undefined,
    friends: [] as Thing[],
    pinned: null as Thing | null,
    karma: id.length + (age ?? 0),
    // What a field requires is a plain value in a representation.
    greeting(this: Thing) {
      return `Bonjour, ${String(read(this.name, { lang: 'FR' }))}`;
    },
    sign(this: Thing) {
      return `${String(read(this.name, { lang: 'EN' }))}, ${this.age ?? 'of no age'}`;
    },
    rank(this: Thing, { scale }: { scale?: number | null }) {
      return this.age === null || this.age === undefined ? null : `${this.age} of ${scale ?? 'all'}`;
    },
  };
}

function viewsOf(count: number): (args: { unit?: string | null }) => number {
  return ({ unit }) => (unit === 'KILO' ? count * 1000 : count);
}

function createFeed(): World {
  const users = [createUser('1', 40), createUser('2', null), createUser('3', 7)];
  const [ann, bo, cy] = [users[0]!, users[1]!, users[2]!];
  const team = { __typename: 'Team', id: 't1', name: inLanguage('Team'), members: [bo, cy] as Thing[] };
  const caption = function (this: Thing): string | null {
    return typeof this.label === 'string' ? `caption of ${this.label}` : null;
  };
  const post = {
    __typename: 'Post',
    id: 'b1',
    owner: ann,
    author: bo,
    title: 'First',
    label: 'L1',
    related: [] as (Thing | null)[],
    views: viewsOf(3),
    likes: 9,
  };
  const photo = {
    __typename: 'Photo',
    id: 'f1',
    owner: bo,
    author: ann,
    label: 'L2',
    size: 7,
    views: viewsOf(5),
    caption,
  };
  const page = { __typename: 'Page', id: '9', owner: cy, title: null, sections: [] as Thing[], chief: team as Thing };
  const note = { __typename: 'Note', title: 'A note', about: photo };
  Object.assign(ann, { friend: bo, friends: [bo, cy], pinned: post });
  Object.assign(bo, { friend: cy, friends: [], pinned: team });
  Object.assign(cy, { friend: ann, friends: [ann], pinned: ann });
  post.related.push(photo, null, page, post);
  page.sections.push(post, page);
  const things = [post, photo, page, ann, team];
  return createWorld({
    root: {
      nodes: [post, photo, null, page],
      node: photo,
      any: [note, post, photo],
      titled: [page, note, post],
      labeled: [photo, post],
      box: { node: page, titled: post, inner: { node: post, titled: note, inner: null } },
      post,
      users,
      me: ann,
      everybody: [ann, team, bo],
      top: [photo, post],
      thing: ({ id }: { id: string }) => things.find((thing) => thing.id === id) ?? null,
      things: [team, post, cy],
    },
    entities: { User: users, Team: [team], Post: [post], Photo: [photo], Page: [page] },
    sdl: SDL,
  });
}

const SDL = {
  feed: /* GraphQL */ `
    type Query {
      nodes: [Node]! node: Node any: [Any!]! titled: [Titled]! labeled: [Labeled!] box: Box post: Post
      thing(id: ID!): Thing
    }
    interface Thing { id: ID! }
    interface Node implements Thing { id: ID! owner: User }
    interface Titled { title: String }
    interface Labeled implements Node & Thing { id: ID! owner: User label: String }
    union Any = Post | Photo | Note
    union Section = Post | Page
    type Box { node: Node titled: Titled inner: Box }
    type Post implements Node & Titled & Labeled & Thing @key(fields: "id") {
      id: ID! owner: User title: String label: String author: User related: [Node]
    }
    type Photo implements Node & Labeled & Thing @key(fields: "id") {
      id: ID! owner: User label: String author: User! size: Int
    }
    type Page implements Node & Titled & Thing @key(fields: "id") {
      id: ID! owner: User title: String sections: [Section!]! chief: Team
    }
    type Note implements Titled { title: String about: Any }
    type User implements Thing @key(fields: "id") { id: ID! }
    type Team implements Thing @key(fields: "id") { id: ID! }
  `,
  users: /* GraphQL */ `
    type Query { users: [User!]! me: User everybody: [Named!]! things: [Thing!]! }
    interface Thing { id: ID! }
    interface Named { name(lang: String = "EN"): String }
    union Pinned = Post | User | Team
    type User implements Named & Thing @key(fields: "id") {
      id: ID! name(lang: String = "EN"): String age: Int friend: User friends: [User!] pinned: Pinned
    }
    type Team implements Named & Thing @key(fields: "id") { id: ID! name(lang: String = "EN"): String members: [User!]! }
    type Post implements Thing @key(fields: "id") { id: ID! }
  `,
  stats: /* GraphQL */ `
    type Query { top: [Counted!]! }
    interface Counted { views(unit: String): Int }
    type Post implements Counted @key(fields: "id") { id: ID! views(unit: String): Int likes: Int }
    type Photo implements Counted @key(fields: "id") {
      id: ID! views(unit: String): Int label: String @external caption: String @requires(fields: "label")
    }
    type User @key(fields: "id") {
      id: ID! karma: Int age: Int @external rank(scale: Int): String @requires(fields: "age")
      name(lang: String = "EN"): String @external
      greeting: String @requires(fields: "name(lang: \\"FR\\")") sign: String @requires(fields: "name age")
    }
  `,
} as const;

export const FEED: World = createFeed();
