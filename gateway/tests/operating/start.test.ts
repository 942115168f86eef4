import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import Provider from 'oidc-provider';
import pg from 'pg';
import { pino } from 'pino';
import { AUDIT } from '../../../scripts/cli/commands/audit.ts';
import { type PostgresServer, startTestPostgres } from '../../../scripts/testing/postgres.ts';
import { readConfig } from '../../config/config.ts';
import { prepareDemoKeys } from '../../config/keys.ts';
import { createCredential, DEMO_IDENTITIES } from '../../playground/demo/index.ts';
import { type Gateway, startGateway } from '../../start/start-gateway.ts';

interface TestBody {
  readonly data: { readonly __type: { readonly fields: readonly { readonly name: string }[] } | null };
  readonly errors: readonly { readonly message: string }[];
}

const log = pino({ level: 'silent' });
const gateways: Gateway[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-start-'));
  await prepareDemoKeys(folder);
});

afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.stop()));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(args: string[] = [], env: Record<string, string> = {}): Promise<Gateway> {
  const config = readConfig(['--port', '0', '--data', folder, ...args], env);
  const gateway = await startGateway({ config, log });
  gateways.push(gateway);
  return gateway;
}

async function ask({ url }: Gateway, query: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: (await response.json()) as TestBody };
}

async function credentialOf(name: string): Promise<Record<string, string>> {
  const keys = await prepareDemoKeys(folder);
  const identity = DEMO_IDENTITIES.find((candidate) => candidate.name === name)!;
  const { header, value } = await createCredential(identity, keys, { lifeSeconds: 60, nowMs: Date.now() });
  return { [header]: value };
}

const FIELDS_OF_CASE = '{ __type(name: "Case") { fields { name } } }';

async function fieldsSeen(gateway: Gateway, name: string): Promise<string[] | undefined> {
  const { body } = await ask(gateway, FIELDS_OF_CASE, await credentialOf(name));
  return body.data.__type?.fields.map((field) => field.name);
}

test('each demo identity is accepted and sees the view of its audience', async () => {
  const gateway = await start();
  for (const { name } of DEMO_IDENTITIES) {
    expect((await ask(gateway, '{ __typename }', await credentialOf(name))).status).toBe(200);
  }
  expect(await fieldsSeen(gateway, 'wuhan')).toEqual(expect.arrayContaining(['id', 'address', 'description']));
  expect(await fieldsSeen(gateway, 'wuhan-fire')).toEqual(expect.arrayContaining(['id', 'status']));
  expect(await fieldsSeen(gateway, 'wuhan-fire')).not.toContain('description');
  expect(await fieldsSeen(gateway, 'wuhan-fire')).not.toContain('address');
  expect(await fieldsSeen(gateway, 'app')).toBeUndefined();
  expect(await fieldsSeen(gateway, 'auditor')).toBeUndefined();
});

describe('a real issuer', () => {
  let issuer: { server: Server; url: string };

  beforeAll(async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider = new Provider(url, {
      clients: [
        {
          client_id: 'hubei',
          client_secret: 'secret',
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
        },
      ],
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (_, audience) => ({
            scope: '',
            audience,
            accessTokenFormat: 'jwt',
            accessTokenTTL: 60,
          }),
        },
      },
      extraTokenClaims: () => ({ tier: 'PROVINCIAL', division: '420000' }),
    });
    server.on('request', provider.callback());
    issuer = { server, url };
  });

  afterAll(() => new Promise((resolve) => issuer.server.close(resolve)));

  const tokenFor = async (audience: string): Promise<string> => {
    const response = await fetch(`${issuer.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('hubei:secret').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: audience }),
    });
    return ((await response.json()) as { access_token: string }).access_token;
  };

  test('signs tokens that are accepted for this audience alone, and the built-in issuer is not accepted any more', async () => {
    const audience = 'https://yiwang.example';
    const gateway = await start([], {
      IDENTITY_JWKS_URL: `${issuer.url}/jwks`,
      IDENTITY_ISSUER: issuer.url,
      IDENTITY_AUDIENCE: audience,
    });
    const seen = await ask(gateway, FIELDS_OF_CASE, { authorization: `Bearer ${await tokenFor(audience)}` });
    expect(JSON.stringify(seen.body)).toContain('description');
    const elsewhere = await ask(gateway, '{ __typename }', {
      authorization: `Bearer ${await tokenFor('https://else.example')}`,
    });
    expect([elsewhere.status, elsewhere.body.errors[0]!.message]).toEqual([
      401,
      'The token is not accepted: it was made out for another service.',
    ]);
    expect((await ask(gateway, '{ __typename }', await credentialOf('hubei'))).status).toBe(401);
  });
});

describe('credentials on the wire', () => {
  /** As `fetch` cannot: one header more than once. */
  const send = ({ port }: Gateway, headers: Record<string, string | string[]>): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const sent = request(
        { port, host: '127.0.0.1', path: '/graphql?query=%7B__typename%7D', headers },
        (response) => {
          response.resume();
          resolve(response);
        },
      );
      sent.on('error', reject).end();
    });

  test('are refused if a request has two of them, the first valid', async () => {
    const gateway = await start();
    const { authorization } = await credentialOf('wuhan');
    const key = (await credentialOf('app'))['x-api-key']!;
    const statusOf = async (headers: Record<string, string | string[]>) => (await send(gateway, headers)).statusCode;
    expect(await statusOf({ authorization: authorization! })).toBe(200);
    expect(await statusOf({ authorization: [authorization!, 'Bearer other'] })).toBe(401);
    expect(await statusOf({ authorization: [authorization!, authorization!] })).toBe(401);
    expect(await statusOf({ 'x-api-key': [key, key] })).toBe(401);
    expect(await statusOf({ authorization: authorization!, 'x-api-key': key })).toBe(401);
  });

  test('that are wrong too often are answered with 429 by the client’s address, and the connection is closed', async () => {
    const env = { LIMIT_WRONG_CREDENTIALS_MAX: '1' };
    const guess = (gateway: Gateway, from: string) => send(gateway, { 'x-api-key': 'wrong', 'x-forwarded-for': from });
    const behind = await start([], { ...env, TRUSTED_PROXIES: '127.0.0.1' });
    expect((await guess(behind, '192.0.2.1')).statusCode).toBe(401);
    const { statusCode, headers } = await guess(behind, '192.0.2.1');
    expect([statusCode, headers.connection, Number(headers['retry-after'])]).toEqual([
      429,
      'close',
      expect.any(Number),
    ]);
    expect((await guess(behind, '192.0.2.2')).statusCode).toBe(401);
    const direct = await start([], env);
    expect((await guess(direct, '192.0.2.1')).statusCode).toBe(401);
    expect((await guess(direct, '192.0.2.2')).statusCode).toBe(429);
  });
});

test('/metrics has platform calls as counters and gauges', async () => {
  const gateway = await start();
  const text = await (await fetch(new URL('/metrics', gateway.operatorUrl))).text();
  const gauges = ['platform_calls_in_flight', 'platform_calls_queued', 'circuit_breakers_open', 'endpoints'];
  const counters = ['deduplicated', 'hedged', 'failed_over', 'rejected'].map((name) => `platform_calls_${name}_total`);
  for (const name of gauges) expect(text).toContain(`\n# TYPE yiwang_${name} gauge\nyiwang_${name} 0\n`);
  for (const name of counters) expect(text).toContain(`\n# TYPE yiwang_${name} counter\nyiwang_${name} 0\n`);
});

describe('the record', () => {
  let postgres: PostgresServer;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await postgres.createDatabase('record');
  });

  afterAll(() => postgres.stop());

  test('holds every operation after a stop, refused ones among them', async () => {
    const gateway = await start([], { GATEWAY_DATABASE_URL: postgres.url('record') });
    const headers = {
      ...(await credentialOf('wuhan')),
      'x-yiwang-purpose': encodeURIComponent('督办'),
      'x-request-id': 'first',
    };
    await ask(gateway, 'query schemaName { __schema { queryType { name } } }', headers);
    await ask(gateway, '{ nothing }', headers);
    await ask(gateway, '{ __typename }', { authorization: 'Bearer wrong' });
    await gateways.pop()!.stop();
    const client = new pg.Client({ connectionString: postgres.url('record') });
    await client.connect();
    const { rows } = await client.query(
      'select subject, purpose, operation_text as text, outcome, codes, address from operations order by id',
    );
    await client.end();
    const wuhan = { subject: 'wuhan', purpose: '督办', address: null };
    const text = 'query schemaName{__schema{queryType{name}}}';
    expect(rows).toEqual([
      { ...wuhan, text, outcome: 'answered', codes: [] },
      { ...wuhan, text: '{ nothing }', outcome: 'refused', codes: ['GRAPHQL_VALIDATION_FAILED'] },
      {
        subject: null,
        purpose: null,
        text: '{ __typename }',
        outcome: 'refused',
        codes: ['UNAUTHENTICATED'],
        address: '127.0.0.1',
      },
    ]);
    const printed: string[] = [];
    const terminal = { out: (line: string) => printed.push(line), error: (line: string) => printed.push(line) };
    const args = ['verify', '--database', postgres.url('record'), '--data', folder];
    expect(await AUDIT.run(args, terminal)).toBe(0);
    expect(printed.join('')).toMatch(/^3 entries, from .*The record is whole and can only grow.\n$/s);
    expect(printed.join('')).not.toContain('No signed head is kept');
  });
});

describe('a start that fails says why in one line', () => {
  test.each([
    [
      'a database that cannot be reached',
      [],
      { GATEWAY_DATABASE_URL: 'postgres://x:y@127.0.0.1:1/z' },
      /^The database of the record is not usable: .*Check GATEWAY_DATABASE_URL\.$/,
    ],
    [
      'an address of another machine',
      ['--host', '203.0.113.9'],
      {},
      /^The address 203\.0\.113\.9 does not belong to this machine/,
    ],
  ])('%s', async (_, args, env: Record<string, string>, line) => {
    await expect(start(args, env)).rejects.toThrow(line);
  });

  test('a busy port', async () => {
    const { port } = await start();
    await expect(start(['--port', String(port)])).rejects.toThrow(
      `The port ${port} is in use; stop what uses it, or choose another with PORT or --port.`,
    );
  });

  test('a network file with faults', async () => {
    const file = join(folder, 'faulty.json');
    await writeFile(file, '{ "platforms": [{ "id": "x" }] }');
    await expect(start(['--network', file])).rejects.toThrow('platforms[0]: "id" must be such as "municipal/420100"');
  });

  test('a file that is no supergraph', async () => {
    const file = join(folder, 'bad.graphql');
    await writeFile(file, 'type Query {');
    await expect(start(['--supergraph', file])).rejects.toThrow(`The supergraph ${file} cannot be used: Syntax Error`);
  });
});
