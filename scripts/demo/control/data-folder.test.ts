import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readRunFile } from './control.ts';
import { lockFolder } from './data-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yiwang-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeRunFile(run: object): void {
  writeFileSync(join(folder, 'run.json'), JSON.stringify(run));
}

test('a folder is locked once, and again after its release', async () => {
  const held = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(`already runs with ${folder} (pid ${process.pid})`);
  await held.release();
  await (await lockFolder(folder)).release();
});

test('the run file of a killed supervisor does not lock the folder', async () => {
  const none = 2 ** 22 + 1;
  writeRunFile({ pid: none, control: { url: 'http://127.0.0.1:1', token: '' } });
  expect(await readRunFile(folder)).toBeUndefined();
  await (await lockFolder(folder)).release();
});

test('a run file with the id of this process, left by an earlier process, does not lock the folder', async () => {
  writeRunFile({ pid: process.pid });
  await (await lockFolder(folder)).release();
});

test('a run file whose process id belongs to another program does not lock the folder', async () => {
  writeRunFile({ pid: process.ppid, control: { url: 'http://127.0.0.1:1', token: '' } });
  await (await lockFolder(folder)).release();
});

test('a network that is still starting locks the folder and keeps its run file', async () => {
  writeRunFile({ pid: process.ppid });
  await expect(lockFolder(folder)).rejects.toThrow('already runs');
  expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).toEqual({ pid: process.ppid });
});
