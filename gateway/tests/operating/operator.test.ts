/** Operating a running gateway: API keys in their file, and the log. */
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { sha256 } from '../../kit/crypto/digest.ts';
import type { Limits } from '../../model/limits.ts';
import { startToyGateway, type ToyGateway, toyEntry } from '../support/toys/toy-gateway.ts';
import { startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly [fact: string]: unknown;
}

const WARN = 40;
const ERROR = 50;
/** So that the file is read when a test says so. */
const NEVER_MS = 3_600_000;

let platform: ToyPlatform;
let gateway: ToyGateway;
let lines: Line[];

beforeEach(async () => {
  platform = await startToyPlatform();
  lines = [];
});

afterEach(async () => {
  await gateway.stop();
  await platform.close();
});

async function start(limits: Partial<Limits>): Promise<void> {
  gateway = await startToyGateway({
    platforms: [toyEntry('420100', platform.url)],
    limits,
    log: pino({}, { write: (text: string) => void lines.push(JSON.parse(text) as Line) }),
  });
}

const fileOf = (...keys: readonly string[]) =>
  JSON.stringify({ keys: keys.map((key) => ({ sha256: sha256(key), subject: key })) });

async function statusOf(key: string): Promise<number> {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  await response.body?.cancel();
  return response.status;
}

describe('API keys', () => {
  test('stop working if they are removed, and new ones work, after the next poll of the file', async () => {
    await start({ reloadPollMs: 10 });
    await writeFile(gateway.apiKeysFile, fileOf('one', 'two'));
    while ((await statusOf('one')) !== 200) await new Promise((resolve) => setImmediate(resolve));
    await writeFile(gateway.apiKeysFile, fileOf('two', 'three'));
    while ((await statusOf('one')) !== 401) await new Promise((resolve) => setImmediate(resolve));
    expect([await statusOf('two'), await statusOf('three')]).toEqual([200, 200]);
  });

  test('are reloaded at once on request', async () => {
    await start({ reloadPollMs: NEVER_MS });
    await writeFile(gateway.apiKeysFile, fileOf('one'));
    expect(await statusOf('one')).toBe(401);
    await gateway.reload();
    expect(await statusOf('one')).toBe(200);
    await writeFile(gateway.apiKeysFile, fileOf());
    await gateway.reload();
    expect(await statusOf('one')).toBe(401);
  });

  test.each([
    ['half of it', fileOf('one', 'two').slice(0, -3), /cannot be read/],
    ['a digest that is none', fileOf('one').replace(/[0-9a-f]{64}/, 'one'), /"sha256" of entry 0/],
  ])('stay valid if the file is wrong (%s), and the log says so', async (_, text, reason) => {
    await start({ reloadPollMs: NEVER_MS });
    await writeFile(gateway.apiKeysFile, fileOf('one'));
    await gateway.reload();
    await writeFile(gateway.apiKeysFile, text);
    await gateway.reload();
    expect([await statusOf('one'), await statusOf('two')]).toEqual([200, 401]);
    expect(lines.filter(({ level }) => level === ERROR)).toMatchObject([
      {
        msg: 'the API keys cannot be read; the previous ones stay valid',
        err: { message: expect.stringMatching(reason) },
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain(sha256('one'));
  });
});

describe('a slow plan', () => {
  const slow = () => lines.filter(({ msg }) => msg === 'an operation was slow to plan');

  test('is logged as a warning, without values of the client', async () => {
    await start({ slowPlanMs: 0 });
    await gateway.ask('{ mine: row(id: "420102001-R-77") { id } }');
    expect(slow()).toMatchObject([
      {
        level: WARN,
        planner: 'hive',
        tookMs: expect.any(Number),
        isRefused: false,
        operation: '{ row(id: "") { id } }',
      },
    ]);
    expect(JSON.stringify(slow())).not.toMatch(/420102001|mine/);
  });

  test('is not logged below the limit', async () => {
    await start({ slowPlanMs: NEVER_MS });
    await gateway.ask('{ total }');
    expect(slow()).toEqual([]);
  });
});
