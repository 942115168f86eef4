/** The packages of this repository, and the file behind each of their faces: the `exports` of their `package.json`. */
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const readManifest = (folder) => JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));

const PACKAGES = new Map(
  readManifest('.').workspaces.map((folder) => {
    const { name, exports = {} } = readManifest(folder);
    return [name, { folder, exports }];
  }),
);

/**
 * `@yiwang/schema/sdl` → `schema/sdl/index.ts`, from the root of the repository; undefined if it is a package of others.
 * Throws an `Error` for a face that the package does not have.
 */
export function workspaceFileOf(specifier) {
  const [scope, name, ...rest] = specifier.split('/');
  const workspace = PACKAGES.get(`${scope}/${name}`);
  if (workspace === undefined) return undefined;
  const face = ['.', ...rest].join('/');
  const file = workspace.exports[face];
  if (file === undefined)
    throw new Error(`${scope}/${name} has no face "${face}"; add it to its exports, or import another`);
  return posix.join(workspace.folder, file);
}
