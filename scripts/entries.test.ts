/** How the commands of package.json answer before anything is installed or started. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  name: string;
  bin: Record<string, string>;
  scripts: Record<string, string>;
};
const ENTRIES = ['start', 'test', 'check', 'map', 'soak'] as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yiwang-entries-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sh(command: string): { code: number | null; out: string; error: string } {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: ROOT, env, encoding: 'utf8' });
  return { code: status, out: stdout, error: stderr };
}

describe('on a Node that is too old', () => {
  const line = 'Node 18.20.8 is too old: install Node 20 or newer and try again.\n';
  const pretend = () => {
    const file = join(folder, 'old.cjs');
    writeFileSync(
      file,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.8' } });`,
    );
    return file;
  };

  test.each(ENTRIES.map((name) => [name]))('npm run %s says so in one line, and reads nothing else', (name) => {
    const command = manifest.scripts[name]!.replace('node ', `node -r ${pretend()} `);
    expect(sh(command)).toEqual({ code: 1, out: '', error: line });
  });

  test('npx yiwang says so in one line', () => {
    expect(sh(`node -r ${pretend()} ${manifest.bin.yiwang}`)).toEqual({ code: 1, out: '', error: line });
  });
});

describe('npm start', () => {
  test('helps', () => {
    for (const flag of ['--help', '-h']) {
      const { code, out } = sh(`${manifest.scripts.start} ${flag}`);
      expect([code, out]).toEqual([0, expect.stringContaining('--data FOLDER')]);
    }
  });
});

describe.each(['map', 'soak'])('npm run %s', (name) => {
  test('helps', () => {
    const { code, out } = sh(`${manifest.scripts[name]} --help`);
    expect([code, out]).toEqual([0, expect.stringMatching(/^usage: npm run \w+ -- /)]);
  });

  test.each([['--bogus'], ['--rounds x --minutes x'], ['--platforms 0 --processes 0'], ['more']])(
    'answers %s by one line and exit code 2',
    (flags) => {
      const { code, out, error } = sh(`${manifest.scripts[name]} ${flags}`);
      expect([code, out, error]).toEqual([2, '', expect.stringMatching(/^[^\n]+ usage: npm run \w+ -- [^\n]+\n$/)]);
    },
  );
});

test('the package has a scope, so that npx never takes somebody else’s for it', () => {
  expect(manifest.name).toBe('@yiwang/network');
});

test.each(ENTRIES.map((name) => [name]))('a signal to npm alone reaches what npm run %s runs', (name) => {
  expect(manifest.scripts[name]).toMatch(/^exec node -r \.\/scripts\/node-version\.cjs /);
});

test('npx that is gone takes the gateway with it', async () => {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const command = `node ${manifest.bin.yiwang} serve --open --port 0 --supergraph ${join(ROOT, 'schema/supergraph.graphql')}; true`;
  // npx runs a shell, which dies of a signal and does not forward it.
  const shell = spawn('sh', ['-c', command], {
    cwd: ROOT,
    env: { ...env, npm_command: 'exec' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const closed = new Promise((resolve) => shell.once('close', resolve));
  await new Promise((resolve) => shell.stdout.once('data', resolve));
  shell.kill('SIGTERM');
  // Closes only when the gateway, which holds the other end of the pipe, is gone.
  await closed;
});
