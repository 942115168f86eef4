/**
 * Answers that a subgraph should not give: values of other types, other fields, texts that are no JSON, and types that
 * are not shown.
 */
import type { Subgraphs } from '../../subgraph-server.ts';

const BOXES: Readonly<Record<string, string>> = {
  wellFormed: '{"int":1,"text":"x","sure":"y"}',
  fraction: '{"int":1.5,"text":"x","sure":"y"}',
  big: '{"int":2147483648,"text":"x","sure":"y"}',
  numberForText: '{"int":1,"text":5,"sure":"y"}',
  nullForSure: '{"int":1,"text":"x","sure":null}',
  lacking: '{"int":1,"text":"x"}',
  more: '{"int":1,"text":"x","sure":"y","secret":"z"}',
  otherOrder: '{"sure":"y","text":"x","int":1}',
  unknownColour: '{"colour":"PURPLE"}',
  hiddenColour: '{"colour":"ULTRAVIOLET"}',
  list: '[]',
};
const BODIES: Readonly<Record<string, string>> = {
  notANumber: '{"data":{"box":{"int":NaN,"text":"x","sure":"y"}}}',
  twoDocuments: `{"data":{"box":${BOXES.wellFormed}}}{"data":{"box":${BOXES.wellFormed}}}`,
  cutShort: '{"data":{"box":{"int":1,"text":"x","sure":"y"}',
  moreBesideData: `{"data":{"box":${BOXES.wellFormed}},"took":12}`,
  moreInData: `{"data":{"box":${BOXES.wellFormed},"secret":1}}`,
  marked: `\ufeff{"data":{"box":${BOXES.wellFormed}}}`,
};

/** What is reported beside `data`, which is well. */
const ERRORS: Readonly<Record<string, unknown>> = {
  asText: 'oops',
  asObject: { message: 'oops', extensions: { code: 'ODD' } },
  asTexts: ['oops', 'and again'],
  asNull: [null],
  none: null,
  unplaced: [{ message: 'oops' }],
  elsewhere: [{ message: 'oops', path: ['_service', 'sdl'] }],
  placed: [{ message: 'oops', path: ['box', 'text'] }],
  alike: [
    { message: 'not valid', path: ['box'], extensions: { field: 'name' } },
    { message: 'not valid', path: ['box'], extensions: { field: 'age' } },
    { message: 'not valid', path: ['box'], extensions: { field: 'age' } },
  ],
  hidden: [{ message: 'ULTRAVIOLET is no Hidden Box', path: ['box'], extensions: { values: ['RED', 'ULTRAVIOLET'] } }],
  long: [{ message: 'x'.repeat(5_000), path: ['box'], extensions: { code: 'LONG', trace: 'y'.repeat(5_000) } }],
};

/** Answers for two parcels of which the second is not known. */
const PARCELS: Readonly<Record<string, unknown>> = {
  items: { data: { _entities: [{ weight: 1 }, null] }, errors: [{ message: 'oops', path: ['_entities', 1] }] },
  field: { data: null, errors: [{ message: 'oops', path: ['_entities', 1, 'weight'] }] },
  whole: { data: null, errors: [{ message: 'oops', path: ['_entities'] }] },
  unplaced: { data: { _entities: [{ weight: 1 }, null] }, errors: [{ message: 'oops' }] },
  valued: { data: { _entities: [{ weight: 1 }, { weight: 2 }] }, errors: [{ message: 'oops' }] },
  text: {
    data: { _entities: [{ weight: 1 }, null] },
    errors: [{ message: 'oops', path: ['_entities', 1, 'a secret'] }],
  },
  number: { data: { _entities: [{ weight: 1 }, 2] } },
  list: { data: { _entities: [[{ weight: 1 }], { weight: 2 }] } },
};

export const SUBGRAPHS: Subgraphs = {
  boxes: {
    sdl: /* GraphQL */ `
      type Query { box(of: String!): Box parcels(as: String!): [Parcel] nodes: [Node] found: [Found] many: [Node!] }
      type Box { int: Int text: String sure: String! colour: Colour }
      enum Colour { RED ULTRAVIOLET @inaccessible }
      interface Node { id: ID! }
      type Open implements Node { id: ID! name: String }
      type Hidden implements Node @inaccessible { id: ID! name: String }
      union Found = Open | Hidden
      type Parcel @key(fields: "id as") { id: ID! as: String! }
    `,
    respond: ({ query }) => ({ status: 200, body: bodyFor(query) }),
  },
  weights: {
    sdl: 'type Parcel @key(fields: "id as") { id: ID! as: String! weight: Int }',
    respond: ({ variables }) => ({ status: 200, body: JSON.stringify(PARCELS[kindOf(variables)]) }),
  },
};

function bodyFor(query: string): string {
  const of = /of: ?"(\w+)"/.exec(query)?.[1];
  const as = /as: ?"(\w+)"/.exec(query)?.[1];
  if (as !== undefined)
    return JSON.stringify({ data: { all: ['1', '2'].map((id) => ({ __typename: 'Parcel', id, as })) } });
  if (of !== undefined && of in ERRORS) {
    return `{"data":{"box":${BOXES.wellFormed}},"errors":${JSON.stringify(ERRORS[of])}}`;
  }
  if (of !== undefined) return BODIES[of] ?? `{"data":{"box":${BOXES[of]}}}`;
  const name = query.includes('__typename');
  const object = (type: string): string => `{${name ? `"__typename":"${type}",` : ''}"id":"${type}","name":"n"}`;
  const list = `[${object('Open')},${object('Hidden')},null]`;
  const field = ['nodes', 'found', 'many'].find((each) => query.includes(each));
  return `{"data":{"${field}":${field === 'many' ? list.replace(',null', '') : list}}}`;
}

function kindOf(variables: Readonly<Record<string, unknown>> = {}): string {
  const [first] = Object.values(variables).flat() as readonly { readonly as: string }[];
  return first?.as ?? '';
}
