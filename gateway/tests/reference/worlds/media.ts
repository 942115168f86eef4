/**
 * Interfaces and unions across subgraphs, an interface that one subgraph has as an object type, and conflicting fields.
 */
import { createWorld, type Thing, type World } from './world.ts';

function createMedium(id: string, kind: Thing) {
  return {
    id,
    title: `Title ${id}`,
    related: [] as Thing[],
    reviews: [] as Thing[],
    stars: id === 'b2' ? null : id.length,
    summary: ({ words }: { words: number }) => `${id} in ${words}`,
    tags: id === 'f1' ? null : [[id, null], []],
    ...kind,
  };
}

function createMedia(reviewsSdl: string): World {
  const people = [
    { __typename: 'Person', name: 'Ann', age: 40 },
    { __typename: 'Studio', name: 'Big', city: 'Wuhan' },
    { __typename: 'Person', name: 'Bo', age: null },
  ];
  const books = ['b1', 'b2'].map((id, i) =>
    createMedium(id, { __typename: 'Book', pages: i * 10, size: `${i} cm`, owner: people[i], isbn: `isbn-${id}` }),
  );
  const films = ['f1'].map((id) =>
    createMedium(id, { __typename: 'Film', minutes: 90, size: 7, owner: null, trailer: books[1] }),
  );
  const notes = [{ __typename: 'Note', text: 'a note', about: films[0] }];
  const media = [...books, ...films];
  const reviews = media.map((of, i) => ({ text: `Review ${i}`, of, by: people[2] }));
  media.forEach((medium, i) => {
    medium.related.push(...media.filter((other) => other !== medium));
    medium.reviews.push(...reviews.slice(0, i));
  });
  return createWorld({
    root: {
      media,
      medium: ({ id }: { id: string }) => media.find((medium) => medium.id === id) ?? null,
      feed: [books[0], notes[0], null, films[0]],
      shelves: [[books[1], null], [], [films[0], notes[0]]],
      book: books[1],
      owners: people,
      best: films[0],
      rated: [books[1], films[0]],
      found: [people[1], books[0]],
    },
    entities: { Media: media, Book: books, Film: films, Person: people, Studio: people },
    sdl: { ...SDL, reviews: reviewsSdl },
  });
}

const SDL = {
  catalogue: /* GraphQL */ `
    type Query { media: [Media!]! medium(id: ID!): Media feed: [Entry]! shelves: [[Entry]!]! book: Book }
    union Entry = Book | Film | Note
    interface Media @key(fields: "id") { id: ID! title: String! related: [Media!]! }
    type Book implements Media @key(fields: "id") { id: ID! title: String! related: [Media!]! pages: Int size: String }
    type Film implements Media @key(fields: "id") { id: ID! title: String! related: [Media!]! minutes: Int! size: Int }
    type Note { text: String! about: Media! }
  `,
  people: /* GraphQL */ `
    type Query { owners: [Owner!]! found: [Found!]! }
    interface Named { name: String! }
    interface Owner implements Named { name: String! }
    union Found = Person | Studio | Book
    type Person implements Owner & Named @key(fields: "name") { name: String! }
    type Studio implements Owner & Named @key(fields: "name") { name: String! city: String }
    type Book @key(fields: "id") { id: ID! owner: Owner isbn: String! }
    type Film @key(fields: "id") { id: ID! owner: Owner trailer: Book }
  `,
  ages: /* GraphQL */ `
    type Person @key(fields: "name") { name: String! age: Int }
  `,
} as const;

const REVIEWED = 'id: ID! reviews: [Review!]! stars: Int summary(words: Int = 3): String tags: [[String]!]';
const REVIEWS = /* GraphQL */ `
  type Query { best: Media rated: [Media!]! }
  type Review { text: String! of: Media! by: Person }
  type Person @key(fields: "name", resolvable: false) { name: String! }
`;

/** With the reviews of each type of medium. */
export const MEDIA: World = createMedia(`${REVIEWS}
  interface Media { ${REVIEWED} }
  type Book implements Media @key(fields: "id") { ${REVIEWED} }
  type Film implements Media @key(fields: "id") { ${REVIEWED} }`);

/** With the reviews of media, whatever their types. */
export const MEDIA_AS_OBJECTS: World = createMedia(`${REVIEWS}
  type Media @key(fields: "id") @interfaceObject { ${REVIEWED} }`);
