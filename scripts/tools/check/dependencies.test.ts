import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8');

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(read('package.json')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  workspaces: string[];
};
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockEntry> };
const document = read('docs/dependencies.md');

/** `[name, version, licence]` of each row below a heading. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = document.split(`\n## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|/gm)].map((row) => row.slice(1, 4));
}

function expectedRows(dependencies: Readonly<Record<string, string>>): readonly (readonly string[])[] {
  return Object.entries(dependencies).map(([name, version]) => {
    const { license } = lock.packages[`node_modules/${name}`] ?? {};
    return [name, version, license ?? 'unknown'];
  });
}

/** The place at which Node finds a package for one that lies at `from`. */
function find(from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (place in lock.packages) return place;
    if (at === '') return undefined;
  }
}

describe('docs/dependencies.md', () => {
  test('names what is needed at run time, with version and licence', () => {
    expect(rowsUnder('At run time')).toEqual(expectedRows(manifest.dependencies));
  });

  test('names what is needed for development, with version and licence', () => {
    expect(rowsUnder('For development')).toEqual(expectedRows(manifest.devDependencies));
  });
});

describe('package.json', () => {
  test('pins every dependency, and keeps them all at the root', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
    for (const workspace of manifest.workspaces) {
      const { dependencies, devDependencies } = JSON.parse(read(`${workspace}/package.json`)) as LockEntry;
      expect([workspace, dependencies, devDependencies]).toEqual([workspace, undefined, undefined]);
    }
  });
});

describe('package-lock.json', () => {
  test('names no host', () => {
    expect(Object.entries(lock.packages).filter(([, { resolved, link }]) => resolved !== undefined && !link)).toEqual(
      [],
    );
  });

  test('names the binaries of every platform, without which `npm ci` refuses it', () => {
    const missing = Object.entries(lock.packages).flatMap(([place, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => find(place, name) === undefined),
    );
    expect(missing).toEqual([]);
  });
});
