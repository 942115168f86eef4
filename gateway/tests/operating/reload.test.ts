/** Files change while requests are in flight: real gateway, real platforms, real files. */
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createId } from '@yiwang/schema';
import type { PlatformEntry } from '../../model/platform/network.ts';
import type { Row } from '../support/toys/toy-data.ts';
import { TOY_SUPERGRAPH } from '../support/toys/toy-engine.ts';
import {
  startToyGateway,
  type ToyGateway,
  type ToyGatewayOptions,
  type ToyReply,
  toyEntry,
} from '../support/toys/toy-gateway.ts';
import { startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

const CITIES = ['420100', '420600', '420500'] as const;
const DISTRICT = '420106';
/** Streets of each city; the last of Wuhan are in the district that leaves it. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  '420100': ['420102001', '420103001', '420106003', '420106004'],
  '420600': ['420602001', '420606001'],
  '420500': ['420502001', '420503001'],
};

const platforms: ToyPlatform[] = [];
let gateway: ToyGateway | undefined;
let wuhan: ToyPlatform;
let xiangyang: ToyPlatform;
let yichang: ToyPlatform;

function rowsOf(city: string): Row[] {
  return PLACES[city]!.flatMap((division, place) =>
    Array.from({ length: 5 }, (_, i): Row => {
      const size = (place * 5 + i * 3) % 11;
      return { id: createId(division, 'R', i + 1), division, kind: i % 2 === 0 ? 'A' : 'B', size, at: '2026-01' };
    }),
  );
}

async function startPlatform(rows: readonly Row[]): Promise<ToyPlatform> {
  const platform = await startToyPlatform();
  platform.rows = rows;
  platforms.push(platform);
  return platform;
}

async function start(options: ToyGatewayOptions): Promise<ToyGateway> {
  gateway = await startToyGateway({ ...options, limits: { reloadPollMs: 20, ...options.limits } });
  return gateway;
}

beforeEach(async () => {
  [wuhan, xiangyang, yichang] = (await Promise.all(CITIES.map((city) => startPlatform(rowsOf(city))))) as [
    ToyPlatform,
    ToyPlatform,
    ToyPlatform,
  ];
});

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await Promise.all(platforms.splice(0).map((platform) => platform.close()));
});

async function untilGeneration(number: number): Promise<void> {
  for (;;) {
    const { generation } = await gateway!.health();
    if (generation.number >= number) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Asks on and on, so many at a time, until told to stop; resolves to every answer. */
function keepAsking(query: string, atOnce: number): () => Promise<readonly ToyReply[]> {
  const replies: ToyReply[] = [];
  let stopping = false;
  const work = async (): Promise<void> => {
    while (!stopping) replies.push(await gateway!.ask(query));
  };
  const working = Promise.all(Array.from({ length: atOnce }, work));
  return async () => {
    stopping = true;
    await working;
    return replies;
  };
}

/** So that a slow machine is not taken for a failed request. */
const PATIENT = { platformDeadlineMs: 50_000, operationDeadlineMs: 50_000 };

/** The second statistics are fetched after the list, by the divisions in it: two rounds that must go by one map. */
const QUESTION = '{ total list { id division { code statistics { counts { rows size } } } } }';

function faultsOf(replies: readonly ToyReply[]): readonly unknown[] {
  return replies.filter(({ status, errors }) => status !== 200 || errors).map(({ status, errors }) => [status, errors]);
}

/** Each answer whole, told apart by its text. */
function kindsOf(replies: readonly ToyReply[]): Set<string> {
  return new Set(replies.map(({ data }) => JSON.stringify(data)));
}

test('ten reloads of supergraph and directory under load fail no request and change no data', async () => {
  const entries = [toyEntry('420100', wuhan.url), toyEntry('420600', xiangyang.url)];
  const { ask, reload, health, writeNetwork, writeSupergraph } = await start({ platforms: entries, limits: PATIENT });
  const question = '{ total share { numerator denominator } }';
  const { data: expected } = await ask(question);
  const pending: Promise<ToyReply>[] = [];
  const askMore = (count: number) => {
    for (let i = 0; i < count; i++) pending.push(ask(question));
  };
  for (let round = 2; round <= 11; round++) {
    askMore(30);
    if (round % 2 === 0) await writeNetwork(entries.map((entry) => ({ ...entry, name: `round ${round}` })));
    else await writeSupergraph(`${TOY_SUPERGRAPH}\n# round ${round}\n`);
    await reload();
    askMore(10);
    expect((await health()).generation.number).toBe(round);
  }
  const replies = await Promise.all(pending);
  expect(replies).toHaveLength(400);
  expect(faultsOf(replies)).toEqual([]);
  expect([...kindsOf(replies)]).toEqual([JSON.stringify(expected)]);
});

test('a new schema version plans frequent operations before it serves, unless they are not valid any more', async () => {
  const { ask, reload, health, writeSupergraph } = await start({ platforms: [toyEntry('420100', wuhan.url)] });
  await Promise.all([ask('{ total }'), ask('{ smallest }'), ask('{ latest }')]);
  expect((await health()).generation.plansWarmed).toBe(0);
  await writeSupergraph(TOY_SUPERGRAPH.replace(/^ {2}latest\([\s\S]*?\): String.*$/m, ''));
  await reload();
  expect((await health()).generation).toMatchObject({ number: 2, plansWarmed: 2 });
  expect((await ask('{ latest }')).errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
});

describe('the directory changes under load, and every answer is by the old directory or by the new one', () => {
  type Change = (entries: PlatformEntry[]) => Promise<PlatformEntry[]>;
  const changes: [name: string, change: Change][] = [
    ['a platform is added', async (entries) => [...entries, toyEntry('420500', yichang.url)]],
    [
      'a platform moves',
      async (entries) => {
        const { url } = await startPlatform(xiangyang.rows);
        return entries.map((entry) => (entry.division === '420600' ? { ...entry, url } : entry));
      },
    ],
    [
      "a district leaves its city's platform, which keeps a copy of its rows",
      async (entries) => {
        const district = await startPlatform(wuhan.rows.filter(({ division }) => division.startsWith(DISTRICT)));
        return [...entries, toyEntry(DISTRICT, district.url)];
      },
    ],
    ['a platform is removed', async (entries) => entries.filter(({ division }) => division !== '420600')],
  ];

  test.each(changes)('%s', async (_, change) => {
    const entries = [toyEntry('420100', wuhan.url), toyEntry('420600', xiangyang.url)];
    const { ask, writeNetwork } = await start({ platforms: entries, limits: PATIENT });
    const before = await ask(QUESTION);
    const changed = await change(entries);
    const stop = keepAsking(QUESTION, 20);
    await writeNetwork(changed);
    await untilGeneration(2);
    const after = await ask(QUESTION);
    const replies = await stop();
    expect(faultsOf([before, after, ...replies])).toEqual([]);
    const right = new Set([JSON.stringify(before.data), JSON.stringify(after.data)]);
    expect([...kindsOf(replies)].filter((kind) => !right.has(kind))).toEqual([]);
    const ids = (after.data.list as Row[]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const divisions = new Set(changed.map(({ division }) => division));
    const cities = CITIES.filter((city) => divisions.has(city));
    expect([...ids].sort()).toEqual(cities.flatMap((city) => rowsOf(city).map(({ id }) => id)).sort());
    const serving = new Set(platforms.filter(({ url }) => changed.some((entry) => entry.url === url)));
    for (const platform of platforms) platform.calls.length = 0;
    await ask(QUESTION);
    expect(platforms.filter(({ calls }) => calls.length > 0)).toEqual([...serving]);
  });

  test('an operation uses the directory of its start for all its fetches', async () => {
    const entries = [toyEntry('420100', wuhan.url)];
    const { ask, writeNetwork } = await start({ platforms: entries });
    let release!: () => void;
    wuhan.behaviour = { kind: 'hold', until: new Promise((resolve) => (release = resolve)) };
    const pending = ask(QUESTION);
    while (wuhan.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const empty = await startPlatform([]);
    await writeNetwork([toyEntry('420100', empty.url)]);
    await untilGeneration(2);
    expect((await gateway!.health()).generation.draining).toBe(1);
    release();
    const { data, errors } = await pending;
    expect(errors).toBeUndefined();
    const counted = (data.list as { division: { statistics: { counts: { rows: number } }[] } }[]).map(
      ({ division }) => division.statistics[0]!.counts.rows,
    );
    expect(counted).toEqual(Array.from({ length: 20 }, () => 5));
    expect(empty.calls).toEqual([]);
    expect((await gateway!.health()).generation.draining).toBe(0);
  });

  test('pages continue if the directory changes between them: no row twice, none left out', async () => {
    const entries = [toyEntry('420100', wuhan.url), toyEntry('420600', xiangyang.url)];
    const { ask, writeNetwork } = await start({ platforms: entries });
    const district = await startPlatform(wuhan.rows.filter(({ division }) => division.startsWith(DISTRICT)));
    const moved = await startPlatform(xiangyang.rows);
    const maps = [
      entries,
      [...entries, toyEntry(DISTRICT, district.url)],
      [toyEntry('420100', wuhan.url), toyEntry('420600', moved.url), toyEntry(DISTRICT, district.url)],
      entries,
    ];
    const query = `query($after: String) { rows(first: 5, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } }`;
    const ids: string[] = [];
    let after: string | null = null;
    for (let page = 0; ; page++) {
      const { data, errors }: ToyReply = await ask(query, { after });
      expect(errors).toBeUndefined();
      expect(data.rows.totalCount).toBe(30);
      ids.push(...(data.rows.nodes as Row[]).map(({ id }) => id));
      if (!data.rows.pageInfo.hasNextPage) break;
      after = data.rows.pageInfo.endCursor as string;
      if (page < 3) {
        await writeNetwork(maps[page + 1]!);
        await untilGeneration(page + 2);
      }
    }
    expect(ids).toHaveLength(30);
    expect([...ids].sort()).toEqual(['420100', '420600'].flatMap((city) => rowsOf(city).map(({ id }) => id)).sort());
  });
});

describe('a file that cannot be loaded changes nothing, and /health says why', () => {
  const text = (platforms: readonly PlatformEntry[]) => JSON.stringify({ platforms });

  test.each<
    [name: string, faulty: (entries: PlatformEntry[]) => [file: 'network' | 'supergraph', text: string], reason: RegExp]
  >([
    [
      'half a directory',
      (entries) => ['network', text(entries).slice(0, -20)],
      /^The network file network\.json cannot be read: /,
    ],
    [
      'a directory with a fault',
      (entries) => ['network', text([{ ...entries[0]!, division: '000000' }])],
      /platforms\[0\]: "division"/,
    ],
    [
      'two platforms for one division',
      (entries) => ['network', text([...entries, { ...entries[0]!, id: 'toy-copy/420100' }])],
      /toy\/420100 and toy-copy\/420100 both answer for 420100/,
    ],
    [
      'half a supergraph',
      () => ['supergraph', TOY_SUPERGRAPH.slice(0, -40)],
      /^The supergraph supergraph\.graphql cannot be used: Syntax Error/,
    ],
    [
      'what neither planner follows',
      () => [
        'supergraph',
        TOY_SUPERGRAPH.replace('https://specs.apollo.dev/join/v0.3', 'https://specs.apollo.dev/join/v9.0'),
      ],
      /^The supergraph supergraph\.graphql cannot be used: it is written by \S+v9\.0, which/,
    ],
    [
      'a supergraph without a query',
      () => ['supergraph', 'type Query'],
      /^The supergraph supergraph\.graphql cannot be used: /,
    ],
  ])('%s', async (_, faulty, reason) => {
    const entries = [toyEntry('420100', wuhan.url)];
    const { ask, reload, health, writeNetwork, writeSupergraph, networkFile, supergraphFile } = await start({
      platforms: entries,
    });
    const before = await ask(QUESTION);
    const [file, content] = faulty(entries);
    await writeFile(file === 'network' ? networkFile : supergraphFile, content);
    await reload();
    expect((await health()).generation).toMatchObject({
      number: 1,
      draining: 0,
      fault: { reason: expect.stringMatching(reason) },
    });
    expect((await ask(QUESTION)).data).toEqual(before.data);
    await writeNetwork(entries);
    await writeSupergraph(TOY_SUPERGRAPH);
    await reload();
    expect((await health()).generation).toEqual(expect.not.objectContaining({ fault: expect.anything() }));
    expect((await health()).generation.number).toBe(1);
  });
});

describe('draining versions are limited', () => {
  test('by generationsDrainingMax: one more waits until one is closed', async () => {
    const entries = [toyEntry('420100', wuhan.url)];
    const { ask, reload, health, writeSupergraph } = await start({
      platforms: entries,
      limits: { generationsDrainingMax: 1, reloadPollMs: 3_600_000 },
    });
    let release!: () => void;
    wuhan.behaviour = { kind: 'hold', until: new Promise((resolve) => (release = resolve)) };
    const pending = ask(QUESTION);
    while (wuhan.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await writeSupergraph(`${TOY_SUPERGRAPH}\n# second\n`);
    await reload();
    await writeSupergraph(`${TOY_SUPERGRAPH}\n# third\n`);
    const third = reload();
    for (let look = 0; look < 20; look++) {
      expect((await health()).generation).toMatchObject({ number: 2, draining: 1 });
    }
    release();
    expect((await pending).errors).toBeUndefined();
    await third;
    expect((await health()).generation).toMatchObject({ number: 3, draining: 0 });
  });
});
