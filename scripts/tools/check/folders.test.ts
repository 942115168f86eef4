/** A folder is read as one thing: it holds a dozen files at most besides their tests, and more of them are several folders with names. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FILES_MAX = 12;
const SKIPPED = /^(node_modules|generated|dist|peers)(\.|$)/;
/** Not grouped yet; the list only shrinks. */
const LARGE: readonly string[] = [];

function foldersBelow(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  const below = entries.filter((entry) => entry.isDirectory() && !SKIPPED.test(entry.name));
  return [folder, ...below.flatMap(({ name }) => foldersBelow(`${folder}/${name}`))];
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).filter(
    (name) => /\.([cm]?[jt]s|tsx)$/.test(name) && !/\.(test|d)\.ts$/.test(name),
  );
}

test('no folder holds more than a dozen source files besides their tests', () => {
  const folders = ['schema', 'gateway', 'subgraphs', 'scripts', 'docker'].flatMap(foldersBelow);
  expect(folders.length).toBeGreaterThan(50);
  expect(folders.filter((folder) => sourcesIn(folder).length > FILES_MAX)).toEqual(LARGE);
});
