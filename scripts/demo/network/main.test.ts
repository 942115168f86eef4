/** `npm start` if something is in its way: one line that says what to do, exit code 1, nothing left running. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'yiwang-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface EndedProcess {
  readonly code: number | null;
  readonly lines: readonly string[];
}

function start(args: readonly string[], env: Readonly<Record<string, string>>): Promise<EndedProcess> {
  const { NODE_OPTIONS: _, ...rest } = process.env;
  const child = spawn(process.execPath, ['--no-warnings', '--import', 'tsx', MAIN, ...args], {
    cwd: ROOT,
    env: { ...rest, PORT: '0', ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, lines: output.split('\n').filter((line) => line !== '') }));
  });
}

describe('npm start', () => {
  test('refuses a busy port before it creates anything', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const data = join(folder, 'busy');
    const { code, lines } = await start(['--data', data], { PORT: String(port) });
    taken.close();
    expect(lines).toEqual([
      `Port ${port} is busy; free it, or choose another: PORT=${port + 1} npm start -- --data ${data}`,
    ]);
    expect(code).toBe(1);
    expect(readdirSync(data)).toEqual([]);
  });

  test('refuses a data folder that is not writable', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { code, lines } = await start(['--data', join(file, 'data')], {});
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^The data folder .* cannot be written \(ENOTDIR\); make it writable, or choose another/);
    expect(code).toBe(1);
  });

  test('refuses a DATABASE_URL without a server, and does not print the password', async () => {
    const { code, lines } = await start(['--data', join(folder, 'url')], {
      DATABASE_URL: 'postgresql://me:secret@127.0.0.1:1/x',
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^No PostgreSQL answers at 127\.0\.0\.1:1 .*; correct DATABASE_URL/);
    expect(lines[0]).not.toContain('secret');
    expect(code).toBe(1);
  });

  test('lists every fault of the command line', async () => {
    const { code, lines } = await start(['--scale', 'many'], { PORT: 'high' });
    expect(lines).toEqual([
      '--scale is "many"; expected a number above 0, up to 1000',
      'PORT is "high"; expected a whole number from 0 to 65535',
      expect.stringMatching(/^usage: /),
    ]);
    expect(code).toBe(2);
  });
});
