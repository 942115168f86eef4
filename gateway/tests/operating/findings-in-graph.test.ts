/** Supervisors read in the graph what the platforms of their jurisdiction broke, and nobody else does. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { type PostgresServer, startTestPostgres } from '../../../scripts/testing/postgres.ts';
import { readConfig } from '../../config/config.ts';
import { type DemoKeys, prepareDemoKeys } from '../../config/keys.ts';
import { createCredential, DEMO_IDENTITIES } from '../../playground/demo/index.ts';
import { type Gateway, startGateway } from '../../start/start-gateway.ts';

let folder: string;
let keys: DemoKeys;
let postgres: PostgresServer;
let gateway: Gateway;

const STORED: readonly (readonly [platform: string, rule: string, day: string, count: number])[] = [
  ['municipal/420100', 'CASE-006', '2026-11-01', 3],
  ['municipal/420100', 'CASE-006', '2026-11-02', 4],
  ['municipal/420100', 'TYPE', '2026-11-02', 5],
  ['municipal/420500', 'GRID-006', '2026-11-02', 6],
  ['municipal/110000', 'CASE-006', '2026-11-02', 90],
  ['unknown', 'CASE-006', '2026-11-02', 100],
  ['municipal/420100', 'CASE-006', '2026-12-01', 1],
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-findings-'));
  keys = await prepareDemoKeys(folder);
  postgres = await startTestPostgres();
  await postgres.createDatabase('record');
  const env = { GATEWAY_DATABASE_URL: postgres.url('record'), STANDARD_CHECKS: 'on' };
  const config = readConfig(['--port', '0', '--data', folder], env);
  gateway = await startGateway({ config, log: pino({ level: 'silent' }) });
  const client = new pg.Client({ connectionString: postgres.url('record') });
  await client.connect();
  for (const row of STORED)
    await client.query('insert into conformance.findings (platform, rule, day, count) values ($1, $2, $3, $4)', [
      ...row,
    ]);
  await client.query(`insert into conformance.finding_samples (platform, rule, day, coordinate, row_id) values
    ('municipal/420100', 'CASE-006', '2026-11-01', 'Case.closedAt', '420106003001-C-000001'),
    ('municipal/420100', 'CASE-006', '2026-11-02', 'Case.closedAt', '')`);
  await client.end();
}, 60_000);

afterAll(async () => {
  await gateway.stop();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Body {
  readonly data: {
    readonly findings: {
      readonly totalCount: number;
      readonly nodes: readonly Readonly<Record<string, unknown>>[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  };
  readonly errors?: readonly unknown[];
}

async function ask(name: string, query: string): Promise<Body> {
  const identity = DEMO_IDENTITIES.find((candidate) => candidate.name === name)!;
  const { header, value } = await createCredential(identity, keys, { lifeSeconds: 60, nowMs: Date.now() });
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [header]: value },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Body;
}

const list = async (name: string, args: string) => {
  const { data, errors } = await ask(
    name,
    `{ findings(period: "2026-11"${args}) { totalCount nodes { platform rule day count } } }`,
  );
  expect(errors).toBeUndefined();
  return data.findings;
};
const counts = async (name: string, args: string) => (await list(name, args)).nodes.map(({ count }) => count);

test('a province reads the findings of its platforms, the newest first, and the country all of them', async () => {
  expect(await list('hubei', '')).toEqual({
    totalCount: 4,
    nodes: [
      { platform: 'municipal/420100', rule: 'CASE-006', day: '2026-11-02', count: 4 },
      { platform: 'municipal/420100', rule: 'TYPE', day: '2026-11-02', count: 5 },
      { platform: 'municipal/420500', rule: 'GRID-006', day: '2026-11-02', count: 6 },
      { platform: 'municipal/420100', rule: 'CASE-006', day: '2026-11-01', count: 3 },
    ],
  });
  expect((await list('ministry', '')).totalCount).toBe(6);
  expect(await counts('hubei', ', within: "420500"')).toEqual([6]);
  expect(await counts('hubei', ', platform: "municipal/420100", rule: "TYPE"')).toEqual([5]);
});

test('a city sees what to mend first: the sums of the period, with what the rule says and examples without values', async () => {
  const { data, errors } = await ask(
    'wuhan',
    `{ findings(period: "2026-11", orderBy: MOST_FREQUENT) {
      nodes { platform rule name message basis mend day count examples { coordinate id } } } }`,
  );
  expect(errors).toBeUndefined();
  const [first, second, ...others] = data.findings.nodes;
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    rule: 'CASE-006',
    day: null,
    count: 7,
    mend: expect.stringMatching(/\p{Script=Han}/u),
  });
  expect(first?.examples).toHaveLength(2);
  expect(first?.examples).toContainEqual({ coordinate: 'Case.closedAt', id: '420106003001-C-000001' });
  expect(first?.examples).toContainEqual({ coordinate: 'Case.closedAt', id: null });
  expect(second).toMatchObject({ rule: 'TYPE', count: 5, mend: '按接口规定的类型返回值', examples: [] });
});

test.each(['NEWEST', 'MOST_FREQUENT'])('pages of %s have every finding once', async (order) => {
  const whole = (await list('ministry', `, orderBy: ${order}`)).nodes;
  const paged: unknown[] = [];
  let after = '';
  for (let more = true; more; ) {
    const { data, errors } = await ask(
      'ministry',
      `{ findings(period: "2026-11", orderBy: ${order}, first: 2${after}) {
        nodes { platform rule day count } pageInfo { hasNextPage endCursor } } }`,
    );
    expect(errors).toBeUndefined();
    paged.push(...data.findings.nodes);
    more = data.findings.pageInfo.hasNextPage;
    after = `, after: "${data.findings.pageInfo.endCursor}"`;
  }
  expect(paged).toEqual(whole);
  expect(paged.length).toBeGreaterThan(3);
  const { errors } = await ask('ministry', '{ findings(period: "2026-11", after: "nonsense") { totalCount } }');
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('findings beyond the jurisdiction are out of scope, and are unknown to departments, the public and auditors', async () => {
  const question = '{ findings(period: "2026-11", within: "110000") { totalCount } }';
  expect((await ask('wuhan', question)).errors).toMatchObject([{ extensions: { code: 'OUT_OF_SCOPE' } }]);
  for (const name of ['wuhan-fire', 'auditor']) {
    const { errors } = await ask(name, question);
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  }
});

test('a supervisor does not read the record of operations beside its findings', async () => {
  const { errors } = await ask(
    'wuhan',
    '{ operations(first: 1) { totalCount } findings(period: "2026-11") { totalCount } }',
  );
  expect(errors?.length).toBeGreaterThan(0);
});
