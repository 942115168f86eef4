import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataClass } from '@yiwang/schema';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { notes } from '../fixtures/notes/module.ts';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform({ modules: [notes] });
  await platform.seed(`insert into note (id, division, title, author, phone, body) values
    ('420106001-N-1', '420106001', 'first', '王小明', '13800138000', 'call 13800138000')`);
});

afterAll(() => platform.close());

const ask = (query: string, classes: readonly DataClass[], more: object = {}, variables?: Record<string, unknown>) =>
  platform.ask(query, { passport: { classes, ...more }, ...(variables ? { variables } : {}) });

const OPEN: readonly DataClass[] = ['OPEN'];
const SHARED: readonly DataClass[] = ['OPEN', 'SHARED'];
const INTERNAL: readonly DataClass[] = ['OPEN', 'SHARED', 'INTERNAL'];

describe('a platform alone keeps the caller to the classes of the passport', () => {
  test.each<[string, readonly DataClass[], string]>([
    ['{ note(id: "420106001-N-1") { id } }', OPEN, 'Cannot query field "note" on type "Query".'],
    ['{ note(id: "420106001-N-1") { text } }', INTERNAL, 'Cannot query field "text" on type "Note".'],
    ['{ note(id: "420106001-N-1") { author { name } } }', SHARED, 'Cannot query field "author" on type "Note".'],
    [
      'query { ...f } fragment f on Query { notes { nodes { ... on Note { text } } } }',
      SHARED,
      'Cannot query field "text" on type "Note".',
    ],
    ['{ notes(weighed: true) { totalCount } }', SHARED, 'Unknown argument "weighed" on field "Query.notes".'],
    [
      '{ notes(filter: { author: "王小明" }) { totalCount } }',
      INTERNAL,
      'Field "author" is not defined by type "NoteFilter".',
    ],
    [
      '{ notes(filter: { kind: PRIVATE }) { totalCount } }',
      SHARED,
      'Value "PRIVATE" does not exist in "NoteKind" enum.',
    ],
  ])('%s of %j is unknown', async (query, classes, message) => {
    const answer = await ask(query, classes, { unmasked: true });
    expect({ status: answer.status, data: answer.data, errors: answer.errors }).toEqual({
      status: 400,
      data: null,
      errors: [{ message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    expect((await ask(query, ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE'])).errors).toEqual([]);
  });

  test.each<[Record<string, unknown>, readonly DataClass[], string]>([
    [{ author: '王小明' }, INTERNAL, 'Field "author" is not defined by type "NoteFilter".'],
    [{ kind: 'PRIVATE' }, SHARED, 'Value "PRIVATE" does not exist in "NoteKind" enum.'],
  ])('the value %j of a variable is, too', async (filter, classes, message) => {
    const query = 'query ($filter: NoteFilter) { notes(filter: $filter) { totalCount } }';
    expect((await ask(query, classes, {}, { filter })).errors.map((error) => error.message)).toEqual([message]);
    expect((await ask(query, classes, {}, { filter: { kind: 'OFFICIAL', title: null } })).errors).toEqual([]);
  });

  test('an entity is no way round', async () => {
    const query =
      '{ _entities(representations: [{ __typename: "Note", id: "420106001-N-1" }]) { ... on Note { text } } }';
    const answer = await ask(query, OPEN, { unmasked: true });
    expect([answer.status, answer.data]).toEqual([400, null]);
  });

  test('what is of the classes is answered', async () => {
    const { data, errors } = await ask('{ notes(filter: { title: "x" }) { __typename nodes { title } } }', SHARED);
    expect(errors).toEqual([]);
    expect(data.notes).toEqual({ __typename: 'NoteConnection', nodes: [{ title: 'first' }] });
  });
});

describe('values leave in clear', () => {
  const MASKED = '{ note(id: "420106001-N-1") { author { name } } }';

  test('values leave in clear if the passport says so, with the class, a purpose and a matter', async () => {
    const name = async (more: object) => {
      const { data } = await ask(MASKED, ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE'], more);
      return data.note.author.name;
    };
    expect(await name({ unmasked: true, purpose: 'case 1' })).toBe('王小明');
    expect(await name({ unmasked: true, purpose: ' ' })).toBe('王**');
    expect(await name({ unmasked: true, purpose: '\u200b' })).toBe('王**');
    expect(await name({ unmasked: true, matter: '\u2060--' })).toBe('王**');
    expect(await name({ unmasked: true, purpose: undefined })).toBe('王**');
    expect(await name({ unmasked: true, matter: undefined })).toBe('王**');
    expect(await name({ unmasked: false })).toBe('王**');
  });
});
