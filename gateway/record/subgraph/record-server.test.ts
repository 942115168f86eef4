/** The record as a platform: it verifies passports and answers auditors only. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EVERYWHERE, PASSPORT_HEADER } from '@yiwang/schema';
import { pino } from 'pino';
import { PublicError } from '../../model/errors.ts';
import type { Rights } from '../../model/rights.ts';
import { RIGHTS } from '../testing.ts';
import { RECORD_PLATFORM, type RecordServer, startRecordServer } from './record-server.ts';

const AUDITOR: Rights = { ...RIGHTS, audience: 'auditor', classes: ['OPEN', 'AUDIT'], region: EVERYWHERE };
const PASSPORTS: Readonly<Record<string, Rights>> = {
  auditor: AUDITOR,
  supervisor: { ...AUDITOR, audience: 'supervisor' },
  'auditor of nothing': { ...AUDITOR, classes: ['OPEN'] },
};
const BAD_TEXT = Object.assign(new Error('invalid byte sequence'), { code: '22021' });
const logged: string[] = [];
let server: RecordServer;

beforeAll(async () => {
  server = await startRecordServer({
    reader: {
      readPage: async () => Promise.reject(new Error('password is hunter2')),
      count: async ({ filter: { subject } }) => (subject?.includes('\u0000') ? Promise.reject(BAD_TEXT) : 7),
    },
    verifyPassport: async (token) => {
      const rights = PASSPORTS[String(token)];
      if (!rights) throw new PublicError('UNAUTHENTICATED', 'The passport is missing.');
      return rights;
    },
    log: pino({ level: 'error' }, { write: (line: string) => logged.push(line) }),
  });
});

afterAll(() => server.stop());

async function ask(query: unknown, passport?: string) {
  const response = await fetch(server.platform.url, {
    method: 'POST',
    headers: passport === undefined ? {} : { [PASSPORT_HEADER]: passport },
    body: typeof query === 'string' ? JSON.stringify({ query }) : 'nonsense',
  });
  return { status: response.status, body: await response.json() };
}

const COUNT = '{ operations { totalCount } }';

test('the record is served on the loopback interface under its own platform id', () => {
  expect(server.platform).toMatchObject({ id: RECORD_PLATFORM, subgraphs: ['record'] });
  expect(new URL(server.platform.url).hostname).toBe('127.0.0.1');
});

test('only the passport of an auditor with the class AUDIT is answered', async () => {
  expect(await ask(COUNT, 'auditor')).toEqual({ status: 200, body: { data: { operations: { totalCount: 7 } } } });
  expect((await ask(COUNT)).status).toBe(401);
  expect((await ask(COUNT, 'supervisor')).status).toBe(403);
  expect((await ask(COUNT, 'auditor of nothing')).status).toBe(403);
});

test('invalid requests are refused, and internal errors are masked', async () => {
  expect((await ask(7, 'auditor')).status).toBe(400);
  expect((await ask('{', 'auditor')).status).toBe(400);
  expect((await ask('{ operations(first: 501) { totalCount } }', 'auditor')).body).toMatchObject({
    errors: [{ message: 'first is 501; from 0 to 500 were expected', extensions: { code: 'BAD_USER_INPUT' } }],
  });
  const { body } = await ask('{ operations { nodes { id } } }', 'auditor');
  expect(JSON.stringify(body)).not.toContain('hunter2');
  expect(logged.join()).toContain('hunter2');
});

test('a text that PostgreSQL cannot store is refused as on platforms', async () => {
  const { status, body } = await ask('{ operations(filter: { subject: "a\\u0000" }) { totalCount } }', 'auditor');
  expect([status, body]).toMatchObject([
    200,
    { errors: [{ message: expect.stringContaining('U+0000'), extensions: { code: 'BAD_USER_INPUT' } }] },
  ]);
});
