import { describe, expect, test } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { assertSupported } from './unsupported.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@context", "@fromContext"])';

function composed(argument: string): string {
  const sdls = {
    a: `${LINK} type Query { user: User } type User @key(fields: "id") { id: ID! }`,
    b: `${LINK}
      type User @key(fields: "id") @context(name: "user") { id: ID! locale: String posts: [Post] }
      type Post @key(fields: "id") { id: ID! title(${argument}): String }`,
  };
  const services = Object.entries(sdls).map(([name, sdl]) => ({ name, url: `http://${name}`, typeDefs: parse(sdl) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(String(errors));
  return supergraphSdl;
}

const joined = (url: string, rest: string) => `schema @link(url: "${url}", for: EXECUTION) { query: Query } ${rest}`;
const JOIN = 'https://specs.apollo.dev/join/v0.5';

describe('assertSupported', () => {
  test.each([
    [
      'for an argument by @fromContext',
      composed('in: String @fromContext(field: "$user { locale }")'),
      'Post.title(in:) takes its value by @fromContext, which this gateway does not follow',
    ],
    [
      'for a connector of a field',
      joined(JOIN, 'type Query { a: Int @join__directive(graphs: [A], name: "connect", args: {}) }'),
      'Query.a has @connect, and this gateway calls GraphQL servers alone',
    ],
    [
      'for a connector of the schema',
      `extend schema @join__directive(graphs: [A], name: "source", args: {}) type Query { a: Int }`,
      'the schema has @source, and this gateway calls GraphQL servers alone',
    ],
    [
      'for a form that nobody knows yet',
      joined('https://specs.apollo.dev/join/v0.6', 'type Query { a: Int }'),
      'it is written by https://specs.apollo.dev/join/v0.6, which this gateway does not know',
    ],
  ])('a supergraph is refused %s, and the message names the place', (_, supergraph, message) => {
    expect(() => assertSupported(parse(supergraph))).toThrow(new Error(message));
  });

  test('a context that no argument uses and other directives are accepted', () => {
    expect(() => assertSupported(parse(composed('in: String')))).not.toThrow();
    const tagged = joined(JOIN, 'type Query { a: Int @join__directive(graphs: [A], name: "owner", args: {}) }');
    expect(() => assertSupported(parse(tagged))).not.toThrow();
  });
});
