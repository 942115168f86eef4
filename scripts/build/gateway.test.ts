import { statSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { prepareGateway } from './gateway.js';

describe('the module of the gateway', () => {
  test('is made once for the same sources', async () => {
    const file = await prepareGateway();
    const { mtimeMs } = statSync(file);
    expect(await prepareGateway()).toBe(file);
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });
});
