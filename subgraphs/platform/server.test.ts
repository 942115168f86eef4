import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEADLINE_HEADER, PASSPORT_HEADER, REFERENCE_VERSION_HEADER, REQUEST_ID_HEADER } from '@yiwang/schema';
import { standardVersion } from '@yiwang/schema/standard';
import { createTestPassport, startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import { supervision } from '../supervision/module.ts';
import { notes } from './fixtures/notes/module.ts';
import { startPlatform } from './server.ts';

const logged: unknown[] = [];
const log = (entry: unknown) => logged.push(entry);
const logger = {
  level: 'error',
  error: log,
  fatal: log,
  ...Object.fromEntries(['silent', 'trace', 'debug', 'info', 'warn'].map((level) => [level, () => undefined])),
  child: () => logger,
} as unknown as FastifyBaseLogger;

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform({
    modules: [notes, supervision],
    limits: { representationsMax: 3, depthMax: 12, tokensMax: 500, bodyBytesMax: 20_000, stopMsMax: 5000 },
    logger,
  });
  await platform.seed(`insert into note (id, division, title, written_at, weight, author, phone, body) values
    ('420106001-N-1', '420106001', 'first', '2026-10-01T08:00:00+08:00', 1.5, '王小明', '13800138000', 'call 13800138000'),
    ('420106002-N-1', '420106002', 'second', null, null, null, null, null),
    ('420102001-N-1', '420102001', 'third', '2026-10-02T08:00:00+08:00', 2.5, null, null, null),
    ('420102001-N-2', 'nonsense', 'fourth', null, null, null, null, null)`);
});

afterAll(() => platform.close());

beforeEach(() => {
  logged.length = 0;
});

describe('a platform server', () => {
  test('a platform server answers a page', async () => {
    const { status, data, errors } = await platform.ask(
      '{ notes(within: "420106") { totalCount nodes { id division { code } writtenAt } pageInfo { hasNextPage } } }',
    );
    expect(errors).toEqual([]);
    expect(status).toBe(200);
    expect(data.notes).toEqual({
      totalCount: 2,
      nodes: [
        { id: '420106001-N-1', division: { code: '420106001' }, writtenAt: '2026-10-01T08:00:00+08:00' },
        { id: '420106002-N-1', division: { code: '420106002' }, writtenAt: null },
      ],
      pageInfo: { hasNextPage: false },
    });
  });

  test('a platform server takes several divisions in place of one, and refuses both, none and too many', async () => {
    const count = (places: string) => platform.ask(`{ notes(${places}) { totalCount } }`);
    expect((await count('withinAny: ["420106001", "4201", "420106"]')).data.notes.totalCount).toBe(3);
    expect((await count('withinAny: ["420106001", "420102"]')).data.notes.totalCount).toBe(2);
    expect((await count('within: null, withinAny: ["420102"]')).data.notes.totalCount).toBe(1);
    expect((await count('within: "420102", withinAny: null')).data.notes.totalCount).toBe(1);
    for (const [places, message] of [
      ['within: "420106", withinAny: ["420106"]', '"within" and "withinAny" are both given; expected one of them'],
      ['withinAny: []', '"withinAny" names 0 divisions; expected 1 to 500'],
    ] as const) {
      const { errors } = await count(places);
      expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
    }
    const query = 'query ($places: [DivisionCode!]) { notes(withinAny: $places) { totalCount } }';
    const ask = (places: number) => platform.ask(query, { variables: { places: Array(places).fill('4201') } });
    expect((await ask(500)).data.notes.totalCount).toBe(3);
    expect((await ask(501)).errors[0]?.message).toBe('"withinAny" names 501 divisions; expected 1 to 500');
  });

  test('a platform server serves all its modules as one schema', async () => {
    const { data } = await platform.ask('{ notes { totalCount } supervisionOrders { totalCount } }');
    expect(data).toEqual({ notes: { totalCount: 4 }, supervisionOrders: { totalCount: 0 } });
  });

  test('a platform server resolves entities in the order of their representations, null if there is none', async () => {
    const { data, errors } = await entities([
      { __typename: 'Note', id: '420102001-N-1' },
      { __typename: 'Division', code: '420106001' },
      { __typename: 'Note', id: '420102001-N-9' },
    ]);
    expect(errors).toEqual([]);
    expect(data._entities).toEqual([{ title: 'third' }, { noteCount: 1 }, null]);
  });

  test('a platform server names no version of reference data if it has none', async () => {
    const { errors, headers } = await platform.ask('{ notes { totalCount } }');
    expect(errors).toEqual([]);
    expect(headers.has(REFERENCE_VERSION_HEADER)).toBe(false);
  });

  test('a platform server tells its state and the standard that it follows', async () => {
    const response = await fetch(platform.url.replace('/graphql', '/health'));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'ok',
      platform: 'municipal/420100',
      standard: standardVersion(),
      modules: ['notes', 'supervision'],
      database: { ok: true, roundTripMs: expect.any(Number) },
    });
  });

  test('a platform server that moves over from an older version of the standard states that one', async () => {
    const { identity, ownerUrl } = platform;
    const passportKeys = { keys: [] };
    const older = await startPlatform({
      identity,
      modules: [notes],
      databaseUrl: ownerUrl,
      passportKeys,
      standardVersion: '1',
    });
    try {
      const response = await fetch(older.url.replace('/graphql', '/health'));
      expect(await response.json()).toMatchObject({ standard: '1' });
    } finally {
      await older.close();
    }
  });
});

describe('masked values', () => {
  const MASKED = '{ note(id: "420106001-N-1") { text author { name phone } } }';

  test('masked values leave masked', async () => {
    const { data } = await platform.ask(MASKED, { passport: { unmasked: false } });
    expect(data.note).toEqual({ text: '（内容不予显示）', author: { name: '王**', phone: '138****8000' } });
  });

  test('masked values leave in clear if the passport says so', async () => {
    const { data } = await platform.ask(MASKED, { passport: { unmasked: true } });
    expect(data.note).toEqual({ text: 'call 13800138000', author: { name: '王小明', phone: '13800138000' } });
  });
});

describe('a fault', () => {
  test('an internal error is masked and logged, and the rest of the answer stays', async () => {
    for (const kind of ['bug', 'sql']) {
      const { status, data, errors } = await platform.ask(`{ fault(kind: "${kind}") notes { totalCount } }`);
      expect(status).toBe(200);
      expect(data).toEqual({ fault: null, notes: { totalCount: 4 } });
      expect(errors).toEqual([
        { message: 'internal error of the platform', path: ['fault'], extensions: { code: 'INTERNAL' } },
      ]);
    }
    expect(logged).toHaveLength(2);
    expect(String((logged[0] as { err: Error }).err.stack)).toContain('secret of the house');
  });

  test('a refusal keeps its message and is not logged', async () => {
    const { errors } = await platform.ask('{ fault(kind: "refusal") }');
    expect(errors).toEqual([
      { message: 'a plain word to the caller', path: ['fault'], extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(logged).toEqual([]);
  });

  test('a stored value that breaks the standard is an error with its path', async () => {
    const { data, errors } = await platform.ask('{ note(id: "420102001-N-2") { title division { code } } }');
    expect(data).toEqual({ note: null });
    expect(errors).toMatchObject([{ path: ['note', 'division', 'code'], extensions: { code: 'STANDARD_BREACH' } }]);
  });

  test.each<[string, string, number, string]>([
    ['of syntax', '{ notes', 400, 'GRAPHQL_PARSE_FAILED'],
    ['of an unknown field', '{ nothing }', 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['of a division that does not exist', '{ notes(within: "999999") { totalCount } }', 400, 'BAD_USER_INPUT'],
    ['of too deep a question', deepQuestion(12), 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['of too long a question', `{ ${'__typename '.repeat(600)} }`, 400, 'GRAPHQL_PARSE_FAILED'],
    ['of too large a question', `{ notes { totalCount } } ${'#'.repeat(20_000)}`, 400, 'BAD_USER_INPUT'],
  ])('%s is refused as a whole', async (_what, query, status, code) => {
    const answer = await platform.ask(query);
    expect({ status: answer.status, data: answer.data }).toEqual({ status, data: null });
    expect(answer.errors.map(({ extensions }) => extensions?.code)).toEqual([code]);
  });

  test('a request with a bad variable is refused as a whole', async () => {
    const answer = await platform.ask('query ($id: ID!) { note(id: $id) { id } }', { variables: { id: null } });
    expect(answer.status).toBe(400);
    expect(answer.errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  test('a request for too many entities at once is refused', async () => {
    const { errors } = await entities(
      [1, 2, 3, 4].map((number) => ({ __typename: 'Note', id: `420106001-N-${number}` })),
    );
    expect(errors[0]).toMatchObject({
      message: '4 entities were asked for at once; expected 3 at most',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test.each(['', '[]', '"text"', '{"query":1}', '{"query":"{ __typename }","variables":[]}', '{'])(
    'of a body like %p is refused',
    async (body) => {
      const response = await fetch(platform.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    },
  );
});

describe('the log', () => {
  test('the log has the request id of the gateway, and no text that could pass for a line of its own', async () => {
    const lines: { requestId: string; msg: string }[] = [];
    const logged = await startTestPlatform({
      modules: [notes],
      logger: pino({ level: 'error' }, { write: (line: string) => void lines.push(JSON.parse(line)) }),
    });
    await logged.ask('{ fault(kind: "bug") }', { headers: { [REQUEST_ID_HEADER]: 'b2f7-01' } });
    await logged.ask('{ fault(kind: "bug") }', { headers: { [REQUEST_ID_HEADER]: '" level=fatal' } });
    await logged.close();
    expect(lines.map(({ requestId }) => requestId)).toEqual(['b2f7-01', expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  });
});

/** Whether a slow query runs on the platform's server. */
function isQueryRunning(on: TestPlatform): Promise<boolean> {
  return on
    .seed(`do $$ begin if exists (select from pg_stat_activity where query like '%pg_sleep%' and state = 'active'
      and pid <> pg_backend_pid()) then raise 'a query runs'; end if; end $$`)
    .then(
      () => false,
      () => true,
    );
}

describe('a deadline', () => {
  test('a deadline ends the answer, and the query in the database soon after', async () => {
    const startMs = performance.now();
    const { data, errors } = await platform.ask('{ slow(seconds: 5) }', { headers: { [DEADLINE_HEADER]: '1100' } });
    const elapsedMs = performance.now() - startMs;
    expect(data).toEqual({ slow: null });
    expect(errors).toMatchObject([{ path: ['slow'], extensions: { code: 'PLATFORM_LATE' } }]);
    expect(elapsedMs).toBeGreaterThanOrEqual(1095);
    await expectNoQueryWithin(60_000);
  });

  test('a deadline that has passed already is refused, one that is no number too', async () => {
    const late = await platform.ask('{ notes { totalCount } }', { headers: { [DEADLINE_HEADER]: '0' } });
    expect(late.errors[0]?.extensions?.code).toBe('PLATFORM_LATE');
    const wrong = await platform.ask('{ notes { totalCount } }', { headers: { [DEADLINE_HEADER]: 'soon' } });
    expect(wrong.errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  async function expectNoQueryWithin(waitMs: number): Promise<void> {
    const endMs = performance.now() + waitMs;
    while (await isQueryRunning(platform)) {
      if (performance.now() > endMs) throw new Error(`a query still ran after ${waitMs} ms`);
    }
  }
});

describe('a busy platform', () => {
  test('a busy platform refuses requests beyond its queue', async () => {
    const busy = await startTestPlatform({ modules: [notes], limits: { connectionsMax: 1, queueMax: 2 } });
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => busy.ask('{ slow(seconds: 0.3) }')));
    await busy.close();
    const codes = answers.map(({ errors }) => errors[0]?.extensions?.code ?? 'OK').sort();
    expect(codes).toEqual(['OK', 'OK', 'OK', 'PLATFORM_REFUSED', 'PLATFORM_REFUSED']);
  });
});

describe('a start', () => {
  const starting = (port: number, databaseUrl: string) =>
    startPlatform({ identity: platform.identity, modules: [notes], databaseUrl, passportKeys: { keys: [] }, port });

  test('the start of a platform on a busy port says so in one line, and leaves nothing open', async () => {
    const { port } = new URL(platform.url);
    await expect(starting(Number(port), platform.ownerUrl)).rejects.toMatchObject({
      name: 'PlatformConfigError',
      message: `Port ${port} is busy; free it, or set PORT to another`,
    });
  });

  test('the start of a platform without its database says so in one line, and shows no password', async () => {
    const url = 'postgresql://owner:secret@127.0.0.1:1/yiwang_lost';
    await expect(starting(0, url)).rejects.toMatchObject({
      name: 'PlatformConfigError',
      message: expect.stringMatching(
        /^The database yiwang_lost at 127.0.0.1:1 is out of reach \([^\n]*\); correct DATABASE_URL$/,
      ),
    });
  });
});

describe('a stop', () => {
  test('the stop of a platform finishes running requests and refuses new ones', async () => {
    const stopping = await startTestPlatform({ modules: [notes] });
    const inFlight = stopping.ask('{ slow(seconds: 3) }');
    while (!(await isQueryRunning(stopping))) await new Promise((resolve) => setTimeout(resolve, 20));
    const stopped = stopping.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(stopping.ask('{ notes { totalCount } }')).rejects.toThrow();
    expect((await inFlight).data).toEqual({ slow: true });
    await stopped;
  });

  test('the stop of a platform waits for no caller that never ends its request', async () => {
    const stopping = await startTestPlatform({ modules: [notes], limits: { stopMsMax: 300 } });
    const token = await createTestPassport('municipal/420100');
    const hanging = request(stopping.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': 100, [PASSPORT_HEADER]: token },
    });
    hanging.on('error', () => undefined);
    hanging.write('{');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await stopping.close();
    await expect(stopping.ask('{ notes { totalCount } }')).rejects.toThrow();
  });
});

function entities(r: readonly object[]) {
  return platform.ask(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Note { title } ... on Division { noteCount } } }',
    { variables: { r } },
  );
}

function deepQuestion(depth: number): string {
  const inner = `${'ofType { '.repeat(depth)}name${' }'.repeat(depth)}`;
  return `{ __schema { types { fields { type { ${inner} } } } } }`;
}
