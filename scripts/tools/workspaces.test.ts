import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { workspaceFileOf } from './workspaces.js';

const ROOT = new URL('../../', import.meta.url);
const FOLDERS: readonly string[] = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')).workspaces;

test.each(FOLDERS)('every face of the package in %s is a file, and none is a pattern', (folder) => {
  const { exports } = JSON.parse(readFileSync(new URL(`${folder}/package.json`, ROOT), 'utf8'));
  const faces = Object.entries<string>(exports);
  expect(faces.length).toBeGreaterThan(0);
  expect(faces.filter(([face]) => face.includes('*'))).toEqual([]);
  expect(faces.filter(([, file]) => !existsSync(new URL(`${folder}/${file}`, ROOT)))).toEqual([]);
});

test('a face leads to its file, a package of others to none', () => {
  expect(workspaceFileOf('@yiwang/schema')).toBe('schema/index.ts');
  expect(workspaceFileOf('@yiwang/schema/sdl')).toBe('schema/sdl/index.ts');
  expect(workspaceFileOf('@yiwang/municipal')).toBe('subgraphs/municipal/module.ts');
  expect(workspaceFileOf('@apollo/server')).toBeUndefined();
  expect(workspaceFileOf('graphql')).toBeUndefined();
});

test('a face that a package does not have is refused by name', () => {
  expect(() => workspaceFileOf('@yiwang/schema/nothing')).toThrow('@yiwang/schema has no face "./nothing"');
});
