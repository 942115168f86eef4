import { statSync } from 'node:fs';
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
});
