import { appendFileSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileFingerprint, watchFiles } from './watch-files.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-watch-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('onStable is called once a file has stopped changing, and not before', async () => {
  const file = join(folder, 'growing');
  await writeFile(file, '');
  let stableCount = 0;
  let writing = true;
  let rested: () => void;
  const rest = new Promise<void>((resolve) => {
    rested = resolve;
  });
  const watch = watchFiles([file], 50, async () => {
    stableCount++;
    expect(writing).toBe(false);
    rested();
  });
  // Between two looks the loop of events comes round, and with it a writing, however slow the machine is.
  const write = (): void => {
    if (!writing) return;
    appendFileSync(file, 'x');
    setImmediate(write);
  };
  write();
  await pause(400);
  writing = false;
  appendFileSync(file, 'the end');
  await rest;
  expect(stableCount).toBe(1);
  watch.stop();
});

test('every write changes the fingerprint, even with the same size and modification time', async () => {
  const file = join(folder, 'same');
  await writeFile(file, 'one');
  const at = new Date(0);
  await utimes(file, at, at);
  const before = await readFileFingerprint(file);
  await writeFile(file, 'two');
  await utimes(file, at, at);
  expect(await readFileFingerprint(file)).not.toBe(before);
  expect(await readFileFingerprint(join(folder, 'nowhere'))).toBe('absent');
});
