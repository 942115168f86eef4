/**
 * Schemas that are sent to keep a gateway busy: it answers others meanwhile, and judges them all the same. And how long
 * a verdict stands.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readStandardSubgraphs } from '@yiwang/schema/sdl';
import { pino } from 'pino';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import type { PlatformEntry } from '../model/platform/network.ts';
import { createSchemaMonitor, type SchemaMonitor } from './schema-monitor.ts';

const WHOLE = readStandardSubgraphs().get('municipal')!;
/** Almost as long as a gateway reads. */
const CHARACTERS = 4_800_000;
const many = (member: (i: number) => string) => Array.from({ length: CHARACTERS / 40 }, (_, i) => member(i)).join('\n');

let server: Server;
let sdl = '';
let monitor: SchemaMonitor;
let platform: PlatformEntry;
let lines: string[] = [];
/** The directory that is served. */
let served: readonly PlatformEntry[] = [];

beforeEach(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.end(JSON.stringify({ data: { _service: { sdl } } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  platform = {
    id: 'municipal/420100',
    name: '武汉',
    tier: 'MUNICIPAL',
    division: '420100',
    subgraphs: ['municipal'],
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
  };
  served = [];
  lines = [];
  monitor = createMonitor({ schemaCheckWaitMs: 30_000 });
});

function createMonitor(changed: Partial<Limits>): SchemaMonitor {
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  return createSchemaMonitor({
    platforms: () => served,
    isAsked: false,
    limits: { ...DEFAULT_LIMITS, ...changed },
    log,
  });
}

afterEach(async () => {
  await monitor.stop();
  server.closeAllConnections();
  server.close();
});

test.each<[string, string]>([
  ['of types without end', many((i) => `type T${i} { a: Int b: Int c: T${i} }`)],
  ['of a type that is extended without end', many(() => 'extend type Case { a: Int }')],
  ['of an enum without end', `enum CaseStatus { ${many((i) => `V${i}`)} }`],
  ['that is longer than a gateway reads', `type Case { "${'x'.repeat(6_000_000)}" id: ID }`],
  ['of lists of lists', `type Case { id: ${'['.repeat(CHARACTERS / 2)}Int${']'.repeat(CHARACTERS / 2)} }`],
  [
    'of names of prototypes',
    'type __proto__ { constructor: Int } type Case { __proto__: Int toString: hasOwnProperty }',
  ],
])(
  'a schema %s is a breach, and does not hold up the event loop',
  async (_kind, text) => {
    sdl = WHOLE;
    await monitor.check([platform]);
    expect(monitor.of(platform).state).toBe('CONFORMS');
    sdl = text;
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    await monitor.check([platform]);
    delay.disable();
    expect(monitor.of(platform).state).toBe('BREACH');
    // A fraction of a second for a machine that does other things, too; without bounds it is minutes.
    expect(delay.max / 1e6).toBeLessThan(1_500);
  },
  60_000,
);

test('a verdict stands from before its platform is served until it no longer is', async () => {
  await monitor.stop();
  monitor = createMonitor({ schemaCheckMs: 10 });
  sdl = 'type Query {';
  await monitor.check([platform]);
  await pause(60);
  expect(monitor.of(platform).state).toBe('BREACH');
  served = [platform];
  await pause(60);
  expect(monitor.of(platform).state).toBe('BREACH');
  served = [];
  for (let left = 200; monitor.of(platform).state === 'BREACH' && left > 0; left--) await pause(10);
  expect(monitor.of(platform).state).toBe('UNKNOWN');
});

test('names that a platform chose are shortened in the log', async () => {
  sdl = WHOLE.replace(/enum CaseStatus \{/, `enum CaseStatus { ${'V'.repeat(1_000_000)}`);
  await monitor.check([platform]);
  expect(monitor.of(platform).state).toBe('BREACH');
  const { places } = JSON.parse(lines.at(-1)!) as { places: string[] };
  expect(places[0]).toMatch(/^CaseStatus\.V{200,300}…$/);
  expect(lines.at(-1)!.length).toBeLessThan(10_000);
});
