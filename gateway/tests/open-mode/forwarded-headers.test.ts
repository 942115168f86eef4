/**
 * Law 6 in open mode: subgraphs get the headers of the client that asks, whatever other clients ask at the same time.
 */
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type OpenGateway, startOpenGateway } from '../support/open-gateway.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])';
/** What a subgraph was told, after a while in which equal calls may meet. */
const toldOf = (field: string) => async (_: unknown, __: unknown, headers: unknown) => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return new Map(Object.entries(headers ?? {})).get(field) ?? null;
};
const SUBGRAPHS = {
  people: {
    sdl: `${LINK} type Query { me: Person who: String } type Person @key(fields: "id") { id: ID! caller: String }`,
    resolvers: {
      Query: { me: () => ({ id: '1' }), who: toldOf('authorization') },
      Person: { caller: toldOf('authorization') },
    },
  },
  tenants: {
    sdl: `${LINK} type Person @key(fields: "id") { id: ID! tenant: String seenBy: String }`,
    resolvers: { Person: { tenant: toldOf('x-tenant'), seenBy: toldOf('authorization') } },
  },
};

let gateway: OpenGateway | undefined;

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

const start = async (env: Record<string, string> = {}): Promise<OpenGateway> => {
  gateway = await startOpenGateway({ subgraphs: SUBGRAPHS, env });
  return gateway;
};

const TRACE = {
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  tracestate: 'a=1,b=2',
  baggage: 'user=7',
};

describe('headers of a client', () => {
  test('for credential and trace are forwarded to every subgraph, others only if they are configured', async () => {
    const { ask, seen } = await start({ FORWARD_HEADERS: 'X-Tenant' });
    const headers = { authorization: 'Bearer a', ...TRACE, 'x-tenant': 't', cookie: 'c=1', 'x-other': 'o' };
    expect((await ask('{ me { caller tenant seenBy } }', headers)).data).toEqual({
      me: { caller: 'Bearer a', tenant: 't', seenBy: 'Bearer a' },
    });
    expect(seen.map(({ subgraph }) => subgraph)).toEqual(['people', 'tenants']);
    for (const { headers: forwarded } of seen) {
      expect(forwarded).toMatchObject({ authorization: 'Bearer a', ...TRACE, 'x-tenant': 't' });
      expect(Object.keys(forwarded)).not.toContain('cookie');
      expect(Object.keys(forwarded)).not.toContain('x-other');
    }
  });

  test('are not forwarded if `connection` names them', async () => {
    const { url, seen } = await start({ FORWARD_HEADERS: 'x-tenant' });
    const body = JSON.stringify({ query: '{ who }' });
    await sendRaw(url, ['connection: close, X-Tenant', 'x-tenant: t', 'authorization: Bearer a'], body);
    expect(seen[0]!.headers).toMatchObject({ authorization: 'Bearer a' });
    expect(seen[0]!.headers['x-tenant']).toBeUndefined();
  });

  test('are refused with two credentials', async () => {
    const { url, seen } = await start();
    const answer = await sendRaw(
      url,
      ['connection: close', 'authorization: Bearer a', 'Authorization: Bearer b'],
      JSON.stringify({ query: '{ who }' }),
    );
    expect(answer).toContain('came more than once');
    expect(seen).toEqual([]);
  });
});

describe('deduplicated calls', () => {
  test('share a request only if their headers are equal, and each caller gets its own data', async () => {
    const { ask, seen } = await start({ FORWARD_HEADERS: 'x-tenant' });
    const caller = fc.record({
      authorization: fc.constantFrom('Bearer a', 'Bearer b', 'Bearer a\u00e9', undefined),
      'x-tenant': fc.constantFrom('t', 'u', undefined),
      traceparent: fc.constantFrom(TRACE.traceparent, undefined),
    });
    const query = fc.constantFrom('{ who }', '{ me { caller } }', '{ me { caller tenant seenBy } }');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(caller, query), { minLength: 8, maxLength: 24 }), async (asked) => {
        const before = seen.length;
        const replies = await Promise.all(asked.map(([headers, text]) => ask(text, present(headers))));
        for (const [i, { data }] of replies.entries()) {
          const [{ authorization = null, 'x-tenant': tenant = null }, text] = asked[i]!;
          const me = { caller: authorization, ...(text.includes('tenant') ? { tenant, seenBy: authorization } : {}) };
          expect(data).toEqual(text === '{ who }' ? { who: authorization } : { me });
        }
        expect(seen.length - before).toBeLessThanOrEqual(asked.length * 2);
      }),
      { numRuns: 30 },
    );
  });

  test('of one caller share one request', async () => {
    const { ask, seen } = await start();
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, i) => ask('{ who }', { authorization: i % 2 === 0 ? 'Bearer a' : 'Bearer b' })),
    );
    expect(replies.map(({ data }) => data.who)).toEqual(replies.map((_, i) => (i % 2 === 0 ? 'Bearer a' : 'Bearer b')));
    expect(seen.length).toBeLessThan(12);
    expect(new Set(seen.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer a', 'Bearer b']));
  });
});

function present(headers: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Header lines as they are, which no client of HTTP would send so. */
function sendRaw(url: string, lines: readonly string[], body: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
    socket.write(
      [
        'POST /graphql HTTP/1.1',
        'host: localhost',
        'content-type: application/json',
        `content-length: ${body.length}`,
        ...lines,
        '',
        body,
      ].join('\r\n'),
    );
  });
}
