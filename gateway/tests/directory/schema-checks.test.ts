/** Gate 1 at run time: a platform whose schema breaks the standard is not asked, and nobody else's answer is touched. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readStandardSubgraphs } from '@yiwang/schema/sdl';
import { pino } from 'pino';
import { readConfig } from '../../config/config.ts';
import { type DemoKeys, prepareDemoKeys } from '../../config/keys.ts';
import { createCredential, DEMO_IDENTITIES } from '../../playground/demo/index.ts';
import { type Gateway, startGateway } from '../../start/start-gateway.ts';

interface StubPlatform {
  readonly server: Server;
  readonly url: string;
  sdl: string | undefined;
  /** Queries for data that came. */
  readonly queries: string[];
}

const WHOLE = readStandardSubgraphs().get('municipal')!;
const WEAKER = WHOLE.replace('  state: String!', '  state: String');
const PARTIAL = WHOLE.replace(/\n {2}"[^"]*"\n {2}openingHours: String/, '');

let folder: string;
let keys: DemoKeys;
let gateway: Gateway | undefined;
let lines: Record<string, unknown>[] = [];
const platforms: StubPlatform[] = [];

beforeAll(async () => {
  expect(new Set([WHOLE, WEAKER, PARTIAL]).size).toBe(3);
  folder = await mkdtemp(join(tmpdir(), 'yiwang-checks-'));
  keys = await prepareDemoKeys(folder);
});

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  lines = [];
  for (const { server } of platforms.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A platform with a schema and one number for every page. */
async function startPlatform(sdl: string): Promise<StubPlatform> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { query } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { query: string };
    if (query.includes('_service')) {
      response.end(JSON.stringify({ data: { _service: { sdl: platform.sdl } } }));
      return;
    }
    platform.queries.push(query);
    const key = /(?:(\w+):\s*)?cases\(/.exec(query)?.[1] ?? 'cases';
    response.end(JSON.stringify({ data: { [key]: { totalCount: 7 } } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const platform: StubPlatform = { server, url, sdl, queries: [] };
  platforms.push(platform);
  return platform;
}

const DIVISIONS = ['420100', '420500', '420600', '429004'];

async function writeNetwork(entries: readonly StubPlatform[]): Promise<void> {
  const network = entries.map(({ url }, index) => ({
    id: `municipal/${DIVISIONS[index]}`,
    name: DIVISIONS[index],
    tier: 'MUNICIPAL',
    division: DIVISIONS[index],
    subgraphs: ['municipal'],
    url,
  }));
  await writeFile(join(folder, 'network.json'), JSON.stringify({ platforms: network }));
}

async function start(entries: readonly StubPlatform[], env: Record<string, string> = {}): Promise<void> {
  await writeNetwork(entries);
  const settings = { LIMIT_SCHEMA_CHECK_MS: '50', LIMIT_RELOAD_POLL_MS: '50', OPERATOR_PORT: 'off', ...env };
  const config = readConfig(['--port', '0', '--data', folder], settings);
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  gateway = await startGateway({ config, log });
}

interface Answer {
  readonly data: { readonly cases: { readonly totalCount: number } };
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  readonly extensions: { readonly coverage: { readonly platforms: readonly Record<string, unknown>[] } };
}

async function ask(): Promise<Answer> {
  const identity = DEMO_IDENTITIES.find(({ name }) => name === 'hubei')!;
  const { header, value } = await createCredential(identity, keys, { lifeSeconds: 60, nowMs: Date.now() });
  const response = await fetch(gateway!.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [header]: value },
    body: JSON.stringify({ query: '{ cases(within: "42", first: 0) { totalCount } }' }),
  });
  return (await response.json()) as Answer;
}

async function until(isReached: (answer: Answer) => boolean): Promise<Answer> {
  for (let left = 100; left > 0; left--) {
    const answer = await ask();
    if (isReached(answer)) return answer;
    await pause(30);
  }
  throw new Error('it did not come to that');
}

const messages = (level: number) => lines.filter((line) => line.level === level).map(({ msg }) => msg);
const [INFO, ERROR] = [30, 50];

describe('a gateway that checks the schemas of its platforms', () => {
  test('does not ask one that breaks the standard, says so, and asks it again when it keeps the standard', async () => {
    const [wuhan, yichang, xiangyang] = [
      await startPlatform(WHOLE),
      await startPlatform(WEAKER),
      await startPlatform(PARTIAL),
    ];
    await start([wuhan, yichang, xiangyang]);
    const answer = await ask();
    expect(answer.data.cases.totalCount).toBe(14);
    expect(answer.errors).toMatchObject([{ extensions: { code: 'PLATFORM_REFUSED' } }]);
    expect(answer.extensions.coverage.platforms).toMatchObject([
      { platform: 'municipal/420500', status: 'NONCONFORMING', reason: 'its schema breaks the standard' },
    ]);
    expect(yichang.queries).toEqual([]);
    expect(JSON.stringify(answer)).not.toContain('Component.state');
    expect(lines.find(({ level }) => level === ERROR)).toMatchObject({
      msg: 'a platform breaks the standard',
      isAsked: false,
      platform: 'municipal/420500',
      breaches: 1,
      places: ['Component.state is String (weaker-type)'],
    });
    expect(messages(INFO)).toContain('a platform serves a part of the standard');
    yichang.sdl = WHOLE;
    expect((await until(({ data }) => data.cases.totalCount === 21)).errors).toBeUndefined();
    expect(messages(INFO)).toContain('a platform keeps the standard again');
  });

  test('finds a breach that a platform begins with, and keeps a platform that goes away as it was', async () => {
    const [wuhan, yichang] = [await startPlatform(WHOLE), await startPlatform(WHOLE)];
    await start([wuhan, yichang]);
    expect((await ask()).data.cases.totalCount).toBe(14);
    yichang.sdl = WEAKER;
    await until(({ data }) => data.cases.totalCount === 7);
    yichang.server.closeAllConnections();
    yichang.server.close();
    await pause(150);
    const { extensions } = await ask();
    expect(extensions.coverage.platforms).toMatchObject([{ platform: 'municipal/420500', status: 'NONCONFORMING' }]);
  });

  test('lets no platform into the directory by a reload without a look at its schema', async () => {
    const [wuhan, yichang] = [await startPlatform(WHOLE), await startPlatform(WEAKER)];
    await start([wuhan], { LIMIT_SCHEMA_CHECK_MS: '60000' });
    await writeNetwork([wuhan, yichang]);
    await until(({ extensions }) => extensions.coverage.platforms.some(({ status }) => status === 'NONCONFORMING'));
    expect(yichang.queries).toEqual([]);
  });

  test('asks one that breaks the standard if it only observes, and says so', async () => {
    const [wuhan, yichang] = [await startPlatform('type Query {'), await startPlatform(WEAKER)];
    await start([wuhan, yichang], { SCHEMA_CHECKS: 'observe' });
    expect((await ask()).data.cases.totalCount).toBe(14);
    const errors = lines.filter(({ level }) => level === ERROR);
    expect(errors.map(({ platform, isAsked }) => [platform, isAsked]).sort()).toEqual([
      ['municipal/420100', true],
      ['municipal/420500', true],
    ]);
    await gateway!.stop();
    lines = [];
    await start([wuhan, yichang], { SCHEMA_CHECKS: 'off' });
    expect((await ask()).data.cases.totalCount).toBe(14);
    expect(messages(ERROR)).toEqual([]);
  });

  test('asks a platform that gives no schema, such as a gateway below', async () => {
    const wuhan = await startPlatform(WHOLE);
    wuhan.sdl = undefined;
    await start([wuhan]);
    expect((await ask()).data.cases.totalCount).toBe(7);
  });

  test('refuses a setting that it does not know', () => {
    expect(() => readConfig(['--data', folder], { SCHEMA_CHECKS: 'sometimes' })).toThrow(
      'SCHEMA_CHECKS is "sometimes"; expected enforce, observe or off.',
    );
  });
});
