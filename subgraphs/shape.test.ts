import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { SUBGRAPH_NAMES } from '@yiwang/scripts/tools/subgraph-files.ts';

/** Each is a file, or a folder of the same name if it is large. */
const PARTS = ['resolvers', 'store'];
const FILES = ['module.ts', 'schema.graphql', 'loaders.ts', 'mappers.ts', 'generated/schema.ts'];

const folderOf = (name: string): URL => new URL(`./${name}/`, import.meta.url);

test('every folder here is the platform base or a subgraph', () => {
  const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect(folders.sort()).toEqual(['platform', ...SUBGRAPH_NAMES].sort());
});

test.each([...SUBGRAPH_NAMES])('the subgraph %s has the files that every subgraph has', (name) => {
  const has = (path: string): boolean => existsSync(new URL(path, folderOf(name)));
  expect(FILES.filter((file) => !has(file))).toEqual([]);
  expect(PARTS.filter((part) => !has(`${part}.ts`) && !has(`${part}/`))).toEqual([]);
});

test.each([...SUBGRAPH_NAMES, 'platform'])('the migrations of %s are numbered without a gap', (name) => {
  const files = readdirSync(new URL('migrations/', folderOf(name))).sort();
  expect(files.length).toBeGreaterThan(0);
  files.forEach((file, index) => {
    expect(file).toMatch(new RegExp(`^${String(index + 1).padStart(4, '0')}-[a-z-]+\\.sql$`));
  });
});

test.each([...SUBGRAPH_NAMES])('the package of %s shows its module', (name) => {
  const manifest = JSON.parse(readFileSync(new URL('package.json', folderOf(name)), 'utf8'));
  expect(manifest.name).toBe(`@yiwang/${name}`);
  expect(manifest.exports['.']).toBe('./module.ts');
});
