/** A platform that adds fields to rows of others: if it fails, the rows stay, even with fields that may not be null. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createId } from '@yiwang/schema';
import { composeSupergraph } from '@yiwang/schema/compose';
import { buildSchema, graphql, parse } from 'graphql';
import { measureDeadline } from '../support/measure-deadline.ts';
import { startToyEngine, type ToyEngine } from '../support/toys/toy-engine.ts';
import { startToyPlatform, TOY_SDL, type ToyPlatform } from '../support/toys/toy-platform.ts';

const NAMES_SDL = parse(`
  type Query { motto: String! @classified(as: OPEN) }
  type Division @key(fields: "code") @classified(as: OPEN) { code: DivisionCode! @jurisdiction name: String! }
`);

let wuhan: ToyPlatform;
let names: Server;
let engine: ToyEngine;
let answerNames: (body: { query: string; variables: Record<string, unknown> }, response: ServerResponse) => unknown;

const NAMES = buildSchema(`
  scalar _Any
  type Division { code: String! name: String! }
  union _Entity = Division
  type Query { motto: String! _entities(representations: [_Any!]!): [_Entity]! }
`);

const well: typeof answerNames = async ({ query, variables }, response) => {
  const rootValue = {
    motto: 'one network',
    _entities: ({ representations }: { representations: { code: string }[] }) =>
      representations.map(({ code }) => ({ __typename: 'Division', code, name: `name of ${code}` })),
  };
  response.end(JSON.stringify(await graphql({ schema: NAMES, source: query, variableValues: variables, rootValue })));
};

beforeAll(async () => {
  const composition = composeSupergraph([
    { name: 'toy', sdl: TOY_SDL },
    { name: 'names', sdl: NAMES_SDL },
  ]);
  if (composition.kind === 'failed') throw new Error(composition.errors.join('\n'));
  wuhan = await startToyPlatform();
  wuhan.rows = [
    { id: createId('420106003', 'R', 1), division: '420106003', kind: 'A', size: 1, at: '2026-01' },
    { id: createId('420102001', 'R', 2), division: '420102001', kind: 'B', size: 2, at: '2026-01' },
  ];
  names = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    answerNames(JSON.parse(Buffer.concat(chunks).toString('utf8')), response);
  });
  await new Promise<void>((resolve) => names.listen(0, '127.0.0.1', resolve));
  engine = await startToyEngine(
    [{ division: '420100', platform: wuhan }],
    {},
    {
      supergraph: composition.supergraph,
      others: [{ subgraph: 'names', url: `http://127.0.0.1:${(names.address() as AddressInfo).port}/graphql` }],
    },
  );
});

beforeEach(() => {
  answerNames = well;
});

afterAll(async () => {
  names.closeAllConnections();
  names.close();
  await Promise.all([engine.close(), wuhan.close()]);
});

const QUESTION = `{
  list { id division { code name } }
  statistics(groupBy: "DIVISION") { key { division { name } } counts { rows } }
}`;

const FAULTS: readonly [string, typeof answerNames, string][] = [
  ['hangs', () => undefined, 'PLATFORM_LATE'],
  ['breaks off', (_, response) => response.destroy(), 'PLATFORM_UNREACHABLE'],
  ['answers no list', (_, response) => response.end('{"data":{"_entities":null}}'), 'PLATFORM_FAILED'],
];

describe('the platform that gives names to rows of others', () => {
  test('gives all names if it is well', async () => {
    const { data, errors } = await engine.ask(QUESTION);
    expect(errors).toEqual([]);
    expect(JSON.stringify(data)).toContain('name of 420102001');
  });

  test.each(FAULTS)(
    '%s: what others answered stays, and every gap has an error at its place',
    async (_, fault, code) => {
      const deadlineMs = await measureDeadline(() => engine.ask(QUESTION));
      answerNames = fault;
      const { data, errors, coverage } = await engine.ask(QUESTION, { deadlineMs });
      expect(data).toEqual({
        list: [
          { id: '420102001-R-2', division: { code: '420102001', name: null } },
          { id: '420106003-R-1', division: { code: '420106003', name: null } },
        ],
        statistics: [
          { key: { division: { name: null } }, counts: { rows: 1 } },
          { key: { division: { name: null } }, counts: { rows: 1 } },
        ],
      });
      expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set([code]));
      expect(errors.map(({ path }) => path?.[0]).sort()).toEqual(['list', 'statistics']);
      expect(errors.every(({ extensions }) => extensions.platform === 'names/100000')).toBe(true);
      expect(coverage?.platforms).toMatchObject([{ platform: 'names/100000' }]);
    },
  );

  test('leaves its own root field null, and the others unchanged', async () => {
    answerNames = (_, response) => response.destroy();
    const { data, errors } = await engine.ask('{ total motto }');
    expect(data).toEqual({ total: 3, motto: null });
    expect(errors).toMatchObject([{ path: ['motto'], extensions: { code: 'PLATFORM_UNREACHABLE' } }]);
  });

  test('breaches the standard with a value that is no name, which becomes null up to what may be null', async () => {
    answerNames = (_, response) =>
      response.end('{"data":{"_entities":[{"__typename":"Division","name":{}},{"__typename":"Division","name":"x"}]}}');
    const { data, errors } = await engine.ask('{ list { division { name } } }');
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'STANDARD_BREACH' } }]);
  });
});
