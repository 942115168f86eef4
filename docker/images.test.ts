import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { importsOf } from '@yiwang/scripts/check/source.ts';
import { copiesOf, environmentOf, instructionsOf, lastOf, parseDockerfile } from './dockerfile.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const BASE = 'node:20.20.2-bookworm-slim';
const KINDS = ['national', 'provincial', 'municipal', 'exchange'];

const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8');
const gateway = parseDockerfile(read('docker/gateway.Dockerfile'));
const platform = parseDockerfile(read('docker/platform.Dockerfile'));
const manifest = JSON.parse(read('package.json')) as {
  workspaces: string[];
  dependencies: Record<string, string>;
};

/** Every image, with the files that its processes start from. */
const IMAGES = [
  ['gateway', instructionsOf(gateway), ['gateway/main.ts', 'scripts/commands/run.ts']],
  ['playground, while the gateway is built', instructionsOf(gateway, 'playground'), ['docker/playground.ts']],
  ['platform', instructionsOf(platform), KINDS.map((kind) => `subgraphs/${kind}/main.ts`)],
  ['seed', instructionsOf(platform, 'seed'), ['docker/seed.ts']],
] as const;

function contextCopies(instructions: Parameters<typeof copiesOf>[0]): readonly string[] {
  return copiesOf(instructions).flatMap(({ sources, fromStage }) => (fromStage === undefined ? sources : []));
}

/** The file with all that it imports, and the packages that these import; a file that is not there names itself. */
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

/** As Docker reads `.dockerignore`: a pattern takes a path, or a folder with all in it. */
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
  test('copies what is there and not ignored', () => {
    const missing = contextCopies(instructions).filter((path) => !existsSync(`${ROOT}${path}`) || isIgnored(path));
    expect(missing).toEqual([]);
  });

  test.each(entries.map((entry) => [entry]))('holds all that %s imports', (entry) => {
    const copies = contextCopies(instructions);
    const isCopied = (file: string) => copies.some((path) => file === path || file.startsWith(`${path}/`));
    const { files, packages } = closureOf(entry);
    expect([...files].filter((file) => !isCopied(file) || isIgnored(file))).toEqual([]);
    expect([...packages].filter((name) => !(name in manifest.dependencies))).toEqual([]);
  });
});

describe('both images', () => {
  test('stand on one pinned base', () => {
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
  ])('listen where their health is asked for: %s', (_name, stages) => {
    const instructions = instructionsOf(stages);
    const { HOST, PORT } = environmentOf(instructions);
    expect(HOST).toBe('0.0.0.0');
    expect(lastOf(instructions, 'EXPOSE')).toBe(PORT);
    const [, check] = /CMD (\[.*\])$/.exec(lastOf(instructions, 'HEALTHCHECK')!)!;
    expect(JSON.parse(check!)).toEqual(['node', 'docker/health.js']);
    expect(contextCopies(instructions)).toContain('docker/health.js');
  });
});
