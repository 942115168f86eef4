import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { prepareCommands, prepareGateway } from './module.js';

describe.each([
  ['the gateway', prepareGateway],
  ['the commands', prepareCommands],
])('the module of %s', (_name, prepare) => {
  test('is made once for the same sources', async () => {
    const file = await prepare();
    const { mtimeMs } = statSync(file);
    expect(await prepare()).toBe(file);
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });

  test('takes the place of old ones alone: a young one may be in use', async () => {
    const home = mkdtempSync(join(tmpdir(), 'yiwang-modules-'));
    try {
      const name = prepare === prepareGateway ? 'gateway' : 'commands';
      const [young, old] = [join(home, `${name}-young`), join(home, `${name}-old`)];
      for (const folder of [young, old]) mkdirSync(folder);
      utimesSync(old, 1, 1);
      const file = await prepare(home);
      expect([file, young, old].map((path) => existsSync(path))).toEqual([true, true, false]);
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
