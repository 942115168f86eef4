/** Auditors read the record in the graph, like any other subgraph. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { type PostgresServer, startTestPostgres } from '../../../scripts/testing/postgres.ts';
import { readConfig } from '../../config/config.ts';
import { type DemoKeys, prepareDemoKeys } from '../../config/keys.ts';
import { signToken, type TokenClaims } from '../../identify/index.ts';
import { createCredential, DEMO_IDENTITIES } from '../../playground/demo/index.ts';
import { type Gateway, startGateway } from '../../start/start-gateway.ts';

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly subject: string | null;
}

interface Page {
  readonly nodes: readonly Entry[];
  readonly edges: readonly { readonly node: Entry; readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number;
}

interface Body {
  readonly data: { readonly operations: Page };
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

let folder: string;
let keys: DemoKeys;
let postgres: PostgresServer;
let gateway: Gateway;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-graph-'));
  keys = await prepareDemoKeys(folder);
  postgres = await startTestPostgres();
  await postgres.createDatabase('record');
  const config = readConfig(['--port', '0', '--data', folder], { GATEWAY_DATABASE_URL: postgres.url('record') });
  gateway = await startGateway({ config, log: pino({ level: 'silent' }) });
  await ask('{ __typename }', await demo('hubei'));
  await ask('query mine { cases(within: "4201", filter: { text: "张三" }) { nodes { id reporter { name } } } }', {
    ...(await demo('wuhan')),
    'x-yiwang-purpose': encodeURIComponent('督办核查'),
    'x-yiwang-matter': '420106001001-C-1',
    'x-request-id': 'the-case',
  });
  await ask('{ nothing }', await demo('wuhan-fire'));
  await ask('{ __typename }', {});
  await ask('{ __typename }', { 'x-api-key': 'wrong' });
});

afterAll(async () => {
  await gateway.stop();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ask(
  query: string,
  headers: Record<string, string>,
  variables: Record<string, unknown> = {},
): Promise<Body> {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Body;
}

async function demo(name: string): Promise<Record<string, string>> {
  const identity = DEMO_IDENTITIES.find((candidate) => candidate.name === name)!;
  const { header, value } = await createCredential(identity, keys, { lifeSeconds: 60, nowMs: Date.now() });
  return { [header]: value };
}

async function asClaims(claims: TokenClaims): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await signToken(keys.identity, claims, { lifeSeconds: 60, nowMs: Date.now() })}` };
}

/** Entries are written after their answers. */
async function written(count: number): Promise<void> {
  const query = '{ operations(first: 0) { totalCount } }';
  while ((await ask(query, await demo('auditor'))).data.operations.totalCount < count)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

const LIST = `query ($filter: RecordedOperationFilter, $within: DivisionCode) {
  operations(filter: $filter, within: $within, first: 100) { nodes { id subject } }
}`;

async function subjectsOf(
  filter: Record<string, unknown>,
  headers?: Record<string, string>,
): Promise<(string | null)[]> {
  const { data, errors } = await ask(LIST, headers ?? (await demo('auditor')), { filter });
  if (errors) throw new Error(errors[0]!.message);
  return data.operations.nodes.filter(({ id }) => Number(id) <= 5).map(({ subject }) => subject);
}

describe('an auditor', () => {
  beforeAll(() => written(5));

  test('reads who asked what, for which purpose, and the outcome', async () => {
    const { data } = await ask(
      `{ operations(filter: { requestId: "the-case" }) { totalCount nodes {
        id at requestId subject tier division { code } department { code } audience purpose matter address name text hash variables
        fields { dataClass coordinates } platforms rows outcome codes durationMs answerDigest
      } } }`,
      await demo('auditor'),
    );
    expect(data.operations.totalCount).toBe(1);
    expect(data.operations.nodes[0]).toMatchObject({
      id: '2',
      at: expect.stringMatching(/\+08:00$/),
      subject: 'wuhan',
      tier: 'MUNICIPAL',
      division: { code: '420100' },
      department: null,
      audience: 'SUPERVISOR',
      purpose: '督办核查',
      matter: '420106001001-C-1',
      address: null,
      name: 'mine',
      text: expect.stringMatching(/^query mine\{cases\(within:"4201" filter:\{text:"masked:[0-9a-f]{32}"\}\)/),
      variables: '{}',
      fields: expect.arrayContaining([{ dataClass: 'SENSITIVE', coordinates: ['Case.reporter', 'Person.name'] }]),
    });
    expect(JSON.stringify(data)).not.toContain('张三');
  });

  test.each<[Record<string, unknown>, (string | null)[]]>([
    [{}, [null, 'anonymous', 'wuhan-fire', 'wuhan', 'hubei']],
    [{ subject: 'wuhan' }, ['wuhan']],
    [{ department: '114201000100011972' }, ['wuhan-fire']],
    [{ audience: 'SUPERVISOR' }, ['wuhan', 'hubei']],
    [{ code: 'GRAPHQL_VALIDATION_FAILED' }, ['wuhan-fire']],
    [{ outcome: ['REFUSED'] }, [null, 'wuhan-fire']],
    [{ outcome: ['REFUSED'], code: 'UNAUTHENTICATED' }, [null]],
    [{ purpose: '核查' }, ['wuhan']],
    [{ matter: '420106001001-C-1' }, ['wuhan']],
    [{ dataClass: 'SENSITIVE' }, ['wuhan']],
    [{ field: 'Case.reporter' }, ['wuhan']],
    [{ field: 'Case' }, []],
    [{ value: '张三' }, ['wuhan']],
    [{ value: '李四' }, []],
    [{ platform: 'municipal/420100' }, []],
    [{ until: '2026-01-01T00:00:00+08:00' }, []],
    [{ from: '2026-01-01T00:00:00+08:00', subject: 'hubei' }, ['hubei']],
    [{ subject: "x' or true --" }, []],
  ])('filters by %j', async (filter, subjects) => {
    expect(await subjectsOf(filter)).toEqual(subjects);
  });

  test('reads pages, newest first', async () => {
    const query = `query ($after: String) { operations(filter: { until: "${new Date().toISOString()}" }, first: 3, after: $after) {
      edges { node { id } cursor } pageInfo { hasNextPage endCursor } totalCount } }`;
    const ids: number[] = [];
    let after: string | null = null;
    do {
      const { data }: Body = await ask(query, await demo('auditor'), { after });
      ids.push(...data.operations.edges.map(({ node }) => Number(node.id)));
      after = data.operations.pageInfo.hasNextPage ? data.operations.pageInfo.endCursor : null;
    } while (after !== null);
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, index) => ids.length - index));
    expect(ids.length).toBeGreaterThanOrEqual(5);
    const { errors } = await ask(query, await demo('auditor'), { after: 'nonsense' });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('is on record with each reading', async () => {
    await ask('query audited { operations(first: 1) { nodes { text } } }', await demo('auditor'));
    let entries: readonly Entry[] = [];
    while (entries.length === 0) {
      const { data } = await ask(
        '{ operations(filter: { subject: "auditor", field: "RecordedOperation.text" }) { nodes { name text platforms fields { dataClass } } } }',
        await demo('auditor'),
      );
      entries = data.operations.nodes.filter(({ name }) => name === 'audited');
    }
    expect(entries[0]).toEqual({
      name: 'audited',
      text: 'query audited{operations(first:1){nodes{text}}}',
      platforms: ['record/100000'],
      fields: [{ dataClass: 'AUDIT' }],
    });
  });

  test('of a division reads the operations of its callers alone, and is refused beyond it', async () => {
    const wuhan = await asClaims({ sub: 'inspector', tier: 'MUNICIPAL', division: '420100', roles: ['AUDITOR'] });
    expect(await subjectsOf({}, wuhan)).toEqual(['wuhan-fire', 'wuhan']);
    expect(await subjectsOf({ subject: 'hubei' }, wuhan)).toEqual([]);
    const beyond = await ask(LIST, wuhan, { within: '420000' });
    expect(beyond.errors).toMatchObject([{ extensions: { code: 'OUT_OF_SCOPE' } }]);
    // An operation is put on record while its answer is on its way.
    let inWuhan = new Set<string | null>();
    while (!inWuhan.has('inspector')) {
      const { data } = await ask(LIST, await demo('auditor'), { within: '4201' });
      inWuhan = new Set(data.operations.nodes.map(({ subject }) => subject));
    }
    expect([...inWuhan].sort()).toEqual(['inspector', 'wuhan', 'wuhan-fire']);
  });
});

test.each(['ministry', 'wuhan', 'wuhan-fire', 'app'])('to %s the record does not exist', async (name) => {
  const { errors } = await ask('{ operations { totalCount } }', await demo(name));
  expect(errors![0]!.message).toMatch(/^Cannot query field "operations" on type "Query"\.(?!.*record)/i);
  const { data } = await ask('{ __type(name: "RecordedOperation") { name } }', await demo(name));
  expect(data).toEqual({ __type: null });
});

test('an auditor sees no business data', async () => {
  const { errors } = await ask('{ cases { totalCount } }', await demo('auditor'));
  expect(errors![0]!.message).toContain('Cannot query field "cases"');
});
