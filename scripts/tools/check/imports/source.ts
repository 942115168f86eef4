/** Reads the project's source files and their imports. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { workspaceFileOf } from '../../workspaces.js';

export interface SourceFile {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** The imported file of this project; undefined for a package. */
  readonly file: string | undefined;
  /** The package's name, or `node:` module; undefined for a file of this project. */
  readonly package: string | undefined;
}

const FOLDERS = ['schema', 'gateway', 'subgraphs', 'scripts'] as const;
const SKIPPED = /(^|\/)(node_modules|dist[^/]*|generated)(\/|$)|^scripts\/bench\/peers\//;

export function readSources(root: string): readonly SourceFile[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      posix.join(folder, name.replaceAll('\\', '/')),
    ),
  )
    .filter((path) => /\.(ts|js)$/.test(path) && !SKIPPED.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const STATEMENT = /^\s*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*['"]([^'"\n]+)['"]/gm;
const CALL = /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g;

/** Imports, re-exports and dynamic imports, those of types included. */
export function importsOf(file: SourceFile): readonly Import[] {
  const text = withoutComments(file.text);
  const names = [...text.matchAll(STATEMENT), ...text.matchAll(CALL)].map((match) => match[1]!);
  return [...new Set(names)].map((name) => resolveImport(file.path, name));
}

function resolveImport(from: string, name: string): Import {
  if (name.startsWith('.')) return { file: posix.join(posix.dirname(from), name), package: undefined };
  const file = workspaceFileOf(name);
  if (file !== undefined) return { file, package: undefined };
  return { file: undefined, package: name.startsWith('node:') ? name : packageOf(name) };
}

function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Removes block comments, and line comments at the start of a line or after a blank; strings keep their `//`. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/[^\n]*/g, '$1');
}
