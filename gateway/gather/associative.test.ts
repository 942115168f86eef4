/**
 * The law that a tree of gateways rests on: merging merged values is merging all values at once, whatever the tree.
 */
import { beforeAll, expect, test } from '@jest/globals';
import { createId, EVERYWHERE } from '@yiwang/schema';
import fc from 'fast-check';
import {
  buildASTSchema,
  type FieldNode,
  type GraphQLObjectType,
  getArgumentValues,
  graphql,
  Kind,
  parse,
  print,
  type SelectionNode,
} from 'graphql';
import type { FieldProgram } from '../model/gather.ts';
import { readSupergraphRules } from '../supergraph/rules.ts';
import { type Row, toyRoot } from '../tests/support/toys/toy-data.ts';
import { TOY_SUPERGRAPH } from '../tests/support/toys/toy-engine.ts';
import { TOY_SCHEMA } from '../tests/support/toys/toy-platform.ts';
import { compileGather } from './compile-gather.ts';
import { mergeContributions } from './merge-contributions.ts';

const document = parse(TOY_SUPERGRAPH);
const rules = readSupergraphRules(document);
let query: GraphQLObjectType;

beforeAll(() => {
  query = buildASTSchema(document, { assumeValidSDL: true }).getQueryType()!;
});

const STATISTICS = 'key { division { code } kind } counts { rows size } rates { big { numerator denominator value } }';
const FIELDS = [
  'rows(first: 3) { totalCount nodes { id } edges { cursor node { kind } } pageInfo { hasNextPage endCursor } }',
  'rows(first: 2, orderBy: SIZE_ASC) { nodes { size } pageInfo { hasNextPage } }',
  'list { id division { code } }',
  'total',
  'whole',
  'smallest',
  'latest',
  'share { value numerator denominator }',
  'standard',
  `statistics { ${STATISTICS} }`,
  `statistics(groupBy: "DIVISION", orderBy: { by: "counts.size" }, top: 2) { key { division { code } } }`,
  'statistics(groupBy: "KIND", orderBy: { by: "rates.big", direction: ASC }, top: 2) { key { kind } }',
  'corners { kind rows quadrant rank }',
  'leagues { kind rank }',
];

const rows = fc
  .array(
    fc.record({
      division: fc.constantFrom('420106003', '420102001', '110101001'),
      kind: fc.constantFrom('A', 'B', 'C'),
      size: fc.option(fc.integer({ min: 0, max: 12 }), { nil: null }),
      at: fc.constantFrom('2026-01', '2026-02'),
    }),
    { maxLength: 24 },
  )
  .map((list) => list.map((row, i): Row => ({ ...row, id: createId(row.division, 'R', i) })));

function fieldOf(text: string): FieldNode {
  const [operation] = parse(text).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const [node] = operation.selectionSet.selections as readonly SelectionNode[];
  return node as FieldNode;
}

/** Compiles the field as a gateway below gets it: hidden variables are null. */
function compileBelow(above: FieldProgram): FieldProgram {
  const node = above.node;
  const args = node.arguments?.map((argument) =>
    argument.value.kind === Kind.VARIABLE ? { ...argument, value: { kind: Kind.NULL } as const } : argument,
  );
  return compileGather({ ...node, arguments: args ?? [] }, query, rules, 0);
}

function merge(program: FieldProgram, values: readonly unknown[]): unknown {
  const contributions = values.map((value) => ({ value, region: EVERYWHERE }));
  const args = getArgumentValues(program.definition, program.clientNode, {});
  const merged = mergeContributions(program, contributions, { args, smallCount: 0, signCursor: (text) => text });
  expect(merged.invalid).toEqual([]);
  return merged.value;
}

/** Returns the value of each platform with its rows. */
async function answersOf(program: FieldProgram, platforms: readonly (readonly Row[])[]): Promise<unknown[]> {
  const declared = program.hidden.map(({ name, type }) => `$${name}: ${type}`);
  const source = `query${declared.length > 0 ? `(${declared.join(', ')})` : ''} { ${print(program.node)} }`;
  return Promise.all(
    platforms.map(async (own) => {
      const { data, errors } = await graphql({ schema: TOY_SCHEMA, source, rootValue: toyRoot(own, EVERYWHERE, '1') });
      expect(errors).toBeUndefined();
      return data![program.responseKey];
    }),
  );
}

test.each(FIELDS)('merging in two steps is merging in one: %s', async (text) => {
  await fc.assert(
    fc.asyncProperty(rows, fc.array(fc.nat(5), { minLength: 24, maxLength: 24 }), async (all, places) => {
      const platforms = [0, 1, 2, 3, 4, 5].map((place) => all.filter((_, i) => places[i] === place));
      const top = compileGather(fieldOf(`{ ${text} }`), query, rules, 0);
      const middle = compileBelow(top);
      const bottom = compileBelow(middle);
      const [a, b, c, d, e, f] = await answersOf(bottom, platforms);
      const inTwo = [merge(middle, [a, b, c]), merge(middle, [d, e, f])];
      const inThree = [merge(middle, [merge(bottom, [a, b]), c]), merge(middle, [d, merge(bottom, [e])]), f];
      const flat = merge(top, [a, b, c, d, e, f]);
      expect(merge(top, inTwo.filter(isThere))).toEqual(flat);
      expect(merge(top, inThree.filter(isThere))).toEqual(flat);
    }),
    { numRuns: 25 },
  );
});

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined;
}
