import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { findStale } from './stale.ts';

const folder = mkdtempSync(join(tmpdir(), 'yiwang-generated-'));
const root = pathToFileURL(`${folder}/`);
afterAll(() => rmSync(folder, { recursive: true }));

test('says nothing of a file that is what its maker makes, and names one that is not', async () => {
  writeFileSync(join(folder, 'a.txt'), 'same');
  writeFileSync(join(folder, 'b.txt'), 'old');
  const stale = await findStale(
    [
      { path: 'a.txt', command: 'make a', make: async () => 'same' },
      { path: 'b.txt', command: 'make b', make: () => 'new' },
      { path: 'c.txt', command: 'make c', make: () => 'missing' },
    ],
    root,
  );
  expect(stale).toHaveLength(2);
  expect(stale[0]).toBe('b.txt is not what its sources make; run "make b" and review the diff');
  expect(stale[1]).toMatch(/^c\.txt could not be compared: ENOENT/);
});
