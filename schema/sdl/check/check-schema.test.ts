/** Each rule with a schema that breaks it, and with one that does not. */
import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { createSubgraphSchema } from '../subgraph-schema.ts';
import { checkSchema } from './check-schema.ts';
import { SCHEMA_RULES, type SchemaFinding, type SchemaRule } from './finding.ts';

const STANDARD = `
type Query {
  notes(within: DivisionCode @jurisdiction, first: Int = 50, after: String): NoteConnection! @gather(by: PAGE) @classified(as: SHARED)
  note(id: ID! @jurisdiction(by: ID)): Note @gather(by: OWNER) @classified(as: SHARED)
}
type Note @key(fields: "id") @partitioned @classified(as: SHARED) {
  id: ID! @jurisdiction(by: ID)
  kind: NoteKind!
  text: String @classified(as: SENSITIVE) @masked(as: FREE_TEXT)
  author: String
}
enum NoteKind { PLAN REMARK }
type NoteConnection @classified(as: SHARED) {
  edges: [NoteEdge!]!
  nodes: [Note!]!
  pageInfo: PageInfo!
  totalCount: Int!
}
type NoteEdge @classified(as: SHARED) { node: Note! cursor: String! }
`;
const OTHER = 'type Query { topics: [Topic!]! } type Topic { id: ID! }';
const standard = createSubgraphSchema(parse(STANDARD));

function check(sdl: string): SchemaFinding[] {
  return checkSchema(createSubgraphSchema(parse(sdl)).document, standard, [parse(OTHER)]);
}

/** What to replace in the standard's schema, and where the finding is. */
const CASES: readonly (readonly [rule: SchemaRule, from: string, to: string, coordinate: string])[] = [
  ['missing-field', '  author: String\n', '', 'Note.author'],
  ['missing-argument', 'within: DivisionCode @jurisdiction, ', '', 'Query.notes(within:)'],
  ['missing-value', 'PLAN REMARK', 'PLAN', 'NoteKind.REMARK'],
  ['missing-merge-member', ' cursor: String!', '', 'NoteEdge.cursor'],
  ['undefined-type', 'author: String', 'author: String x_friends: Friends', 'Friends'],
  ['other-kind', 'enum NoteKind { PLAN REMARK }', 'scalar NoteKind', 'NoteKind'],
  ['weaker-type', 'kind: NoteKind!', 'kind: NoteKind', 'Note.kind'],
  ['weaker-type', 'nodes: [Note!]!', 'nodes: [Note]!', 'NoteConnection.nodes'],
  ['narrower-argument', 'after: String)', 'after: String!)', 'Query.notes(after:)'],
  ['changed-default', 'first: Int = 50', 'first: Int = 20', 'Query.notes(first:)'],
  ['changed-default', 'first: Int = 50', 'first: Int', 'Query.notes(first:)'],
  ['changed-default', 'after: String)', 'after: String = "a")', 'Query.notes(after:)'],
  ['demanded-argument', 'after: String)', 'after: String, region: String!)', 'Query.notes(region:)'],
  ['foreign-value', 'PLAN REMARK', 'PLAN REMARK RUMOUR', 'NoteKind.RUMOUR'],
  ['lost-directive', ' @masked(as: FREE_TEXT)', '', 'Note.text'],
  ['lost-directive', '@partitioned ', '', 'Note'],
  ['changed-directive', '@classified(as: SENSITIVE)', '@classified(as: OPEN)', 'Note.text'],
  ['foreign-directive', 'totalCount: Int!', 'totalCount: Int! @gather(by: SUM)', 'NoteConnection.totalCount'],
  ['extension-class', 'enum NoteKind', 'type x_Own { x_more: Int } enum NoteKind', 'x_Own.x_more'],
  ['extension-name', 'enum NoteKind', 'enum Mood { GOOD } enum NoteKind', 'Mood'],
  ['extension-name', 'author: String', 'author: String mood: String', 'Note.mood'],
  ['extension-argument', 'after: String)', 'after: String, region: String)', 'Query.notes(region:)'],
  ['narrower-class', 'author: String', 'author: String @classified(as: INTERNAL)', 'Note.author'],
];

describe('the check of a schema', () => {
  test('finds nothing in the schema of the standard', () => {
    expect(check(STANDARD)).toEqual([]);
  });

  test.each(CASES)('finds %s if "%s" becomes "%s"', (rule, from, to, coordinate) => {
    const findings = check(withChange(from, to));
    expect(findings.map((finding) => [finding.rule, finding.coordinate])).toContainEqual([rule, coordinate]);
    const finding = findings.find((candidate) => candidate.rule === rule)!;
    expect(finding).toMatchObject({ kind: SCHEMA_RULES[rule].kind, found: expect.any(String) });
    expect(finding.mend.length).toBeGreaterThan(0);
    // Nothing but the changed place is found, however many rules it breaks.
    for (const { coordinate: place } of findings) expect(place.split(/[.(]/)[0]).toBe(coordinate.split(/[.(]/)[0]);
  });

  test('finds an entity that is missing, and no plain type, which the fields that return it report', () => {
    const findings = check('type Query { x: Int @classified(as: OPEN) }');
    expect(findings.map(({ rule, coordinate }) => `${rule} ${coordinate}`)).toEqual([
      'missing-field Query.notes',
      'missing-field Query.note',
      'extension-name Query.x',
      'missing-entity Note',
    ]);
  });

  test('has a case for every rule', () => {
    expect(new Set([...CASES.map(([rule]) => rule), 'missing-entity'])).toEqual(new Set(Object.keys(SCHEMA_RULES)));
  });

  test('lets a platform add fields of its own under x_, with a class', () => {
    const extended = withChange('author: String', 'author: String x_mood: x_Mood @classified(as: INTERNAL)');
    expect(check(`${extended} type x_Mood @classified(as: INTERNAL) { level: Int }`)).toEqual([]);
  });

  test('takes what belongs to another subgraph of the standard for no extension', () => {
    const both = withChange('type Query {', 'type Query { topics: [Topic!]!');
    expect(check(`${both} type Topic { id: ID! }`)).toEqual([]);
  });

  test('takes the rule that a type has in another subgraph for no foreign one, since a server of both prints it', () => {
    const spanning = 'type NoteEdge @partitioned(spans: true) { at: String }';
    const platform = createSubgraphSchema(
      parse(STANDARD.replace('type NoteEdge', 'type NoteEdge @partitioned(spans: true)')),
    ).document;
    const found = (others: readonly string[]) =>
      checkSchema(platform, standard, [standard.document, ...others.map((sdl) => parse(sdl))]).map(({ rule }) => rule);
    expect([found([spanning]), found([OTHER])]).toEqual([[], ['foreign-directive']]);
    expect(found(['type NoteEdge @partitioned(layered: true) { at: String }'])).toEqual(['foreign-directive']);
  });

  test('leaves alone what gateways never ask for', () => {
    expect(check(`${STANDARD} type Mutation { write: Int } type _Service { sdl: String } scalar link__Import`)).toEqual(
      [],
    );
  });

  test('names the line of what is there, and none for what is missing', () => {
    const source = withChange('PLAN REMARK', 'PLAN\nRUMOUR');
    const findings = checkSchema(parse(source), standard).filter(({ coordinate }) => coordinate.startsWith('NoteKind'));
    const line = source.split('\n').indexOf('RUMOUR }') + 1;
    expect(findings.map((finding) => [finding.rule, finding.line])).toEqual([
      ['missing-value', undefined],
      ['foreign-value', line],
    ]);
  });
});

function withChange(from: string, to: string): string {
  const changed = STANDARD.replace(from, to);
  if (changed === STANDARD) throw new Error(`the standard does not hold "${from}"`);
  return changed;
}

test('a server with several subgraphs prints the directives that any of them applies to a type, and no others', () => {
  const plain = createSubgraphSchema(parse(STANDARD.replace('@partitioned ', '')));
  const spanning = parse('type Note @partitioned(spans: true) { id: ID! }');
  const printed = (directive: string) =>
    createSubgraphSchema(parse(STANDARD.replace('@partitioned ', directive))).document;
  expect(checkSchema(printed('@partitioned(spans: true) '), plain, [plain.document, spanning])).toEqual([]);
  expect(checkSchema(printed('@partitioned '), plain, [plain.document, spanning])).toMatchObject([
    { rule: 'foreign-directive', coordinate: 'Note' },
  ]);
});
