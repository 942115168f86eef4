import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { standardVersion } from '@yiwang/schema/standard';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { readExchangeConfig } from '../config.ts';
import { exchange } from '../module.ts';
import type { DirectoryEntry } from './directory.ts';
import { monitorDirectory } from './directory-monitor.ts';

const LIMITS = { intervalMs: 30, timeoutMs: 500, atOnceMax: 2, bodyBytesMax: 65_536 };
const NOBODY = 'http://127.0.0.1:1/graphql';

describe('the directory of a running exchange', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await startTestPlatform({
      modules: [exchange],
      identity: { id: 'exchange/100000', tier: 'NATIONAL', division: '100000' },
    });
  });

  afterAll(() => platform.close());

  test('the directory of a running exchange shows who answers by which standard, and who is out of reach', async () => {
    const entries = [entry('exchange/100000', platform.url), entry('municipal/420100', NOBODY)];
    const errors: unknown[] = [];
    const stop = monitorDirectory({
      entries,
      limits: LIMITS,
      databaseUrl: platform.ownerUrl,
      now: () => new Date('2026-11-01T00:00:00Z'),
      onError: (error) => errors.push(error),
    });
    const read = async () =>
      (await platform.ask('{ platforms { id state standardVersion lastSeenAt } }')).data.platforms;
    let rows = await read();
    while (rows.length < 2 || rows.some(({ state }: { state: string }) => state === 'NEW')) rows = await read();
    await stop();
    expect(rows).toEqual([
      {
        id: 'exchange/100000',
        state: 'ONLINE',
        standardVersion: expect.stringMatching(/^\d/),
        lastSeenAt: '2026-11-01T08:00:00+08:00',
      },
      { id: 'municipal/420100', state: 'UNREACHABLE', standardVersion: standardVersion(), lastSeenAt: null },
    ]);
    expect(errors).toEqual([]);
  });

  test('the directory of a running exchange goes on if a round cannot be recorded', async () => {
    const errors: Error[] = [];
    await new Promise<void>((resolve, reject) => {
      const stop = monitorDirectory({
        entries: [entry('municipal/420100', NOBODY)],
        limits: LIMITS,
        databaseUrl: 'postgresql://nobody@127.0.0.1:1/nothing',
        onError(error) {
          errors.push(error as Error);
          if (errors.length === 2) stop().then(resolve, reject);
        },
      });
    });
    expect(errors).toHaveLength(2);
  });
});

describe('the network’s list', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yiwang-exchange-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (content: string) => {
    const file = join(folder, 'network.json');
    writeFileSync(file, content);
    return readExchangeConfig({ YIWANG_NETWORK: file });
  };

  test('the network’s list is read from the file that the environment names, and may be missing', () => {
    const platforms = [entry('municipal/420100', NOBODY)];
    expect(read(JSON.stringify({ platforms }))?.entries).toEqual(platforms);
    expect(readExchangeConfig({})).toBeUndefined();
  });

  test('the network’s list is refused with all its faults', () => {
    const platforms = [entry('municipal/420100', NOBODY), { id: 'x', division: '42', url: 'nowhere', subgraphs: [] }];
    expect(() => read(JSON.stringify({ platforms }))).toThrow(
      /platforms\[1\]\.id.*platforms\[1\]\.name.*platforms\[1\]\.tier.*platforms\[1\]\.division.*platforms\[1\]\.subgraphs.*platforms\[1\]\.url/,
    );
    expect(() => read('{}')).toThrow(/expected a list of "platforms"/);
  });
});

function entry(id: string, url: string): DirectoryEntry {
  const division = id.slice(id.indexOf('/') + 1);
  return { id, name: id, tier: 'MUNICIPAL', division, subgraphs: ['municipal'], url };
}
