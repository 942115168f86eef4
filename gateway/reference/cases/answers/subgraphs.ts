/** Answers that a subgraph should not give: values of other types, other fields, texts that are no JSON, and types that are not shown. */
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

export const SUBGRAPHS: Subgraphs = {
  boxes: {
    sdl: /* GraphQL */ `
      type Query { box(of: String!): Box nodes: [Node] found: [Found] many: [Node!] }
      type Box { int: Int text: String sure: String! colour: Colour }
      enum Colour { RED ULTRAVIOLET @inaccessible }
      interface Node { id: ID! }
      type Open implements Node { id: ID! name: String }
      type Hidden implements Node @inaccessible { id: ID! name: String }
      union Found = Open | Hidden
    `,
    respond: ({ query }) => ({ status: 200, body: bodyFor(query) }),
  },
  others: { sdl: 'type Query { other: Int }' },
};

function bodyFor(query: string): string {
  const of = /of: ?"(\w+)"/.exec(query)?.[1];
  if (of !== undefined) return BODIES[of] ?? `{"data":{"box":${BOXES[of]}}}`;
  const name = query.includes('__typename');
  const object = (type: string): string => `{${name ? `"__typename":"${type}",` : ''}"id":"${type}","name":"n"}`;
  const list = `[${object('Open')},${object('Hidden')},null]`;
  const field = ['nodes', 'found', 'many'].find((each) => query.includes(each));
  return `{"data":{"${field}":${field === 'many' ? list.replace(',null', '') : list}}}`;
}
