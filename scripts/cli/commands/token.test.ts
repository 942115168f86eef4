import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prepareDemoKeys } from '@yiwang/gateway/config/keys.ts';
import { createCreditCode } from '@yiwang/schema';
import { decodeJwt } from 'jose';
import { runCommand } from '../run.ts';

const codeOf = (serial: number): string => createCreditCode('11', '310115', `MB00000${serial}`);
const BUREAU = codeOf(1);
const BRANCH = codeOf(2);
const ENDED = codeOf(3);
const UNKNOWN = codeOf(4);
const ORGANISATIONS = [
  { code: BUREAU, division: '100000', serves: ['420100'] },
  { code: BRANCH, division: '420000', serves: ['420106', '420111'] },
  { code: ENDED, division: '420100', serves: ['420100'], validTo: '2020-01-01', successor: BUREAU },
];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-token-'));
  await prepareDemoKeys(folder);
  await writeFile(join(folder, 'organisations.json'), JSON.stringify({ organisations: ORGANISATIONS }));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function token(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let [out, error] = ['', ''];
  const terminal = { out: (text: string) => (out += text), error: (text: string) => (error += text) };
  const code = await runCommand(['token', ...args, '--data', folder], terminal);
  return { code, out, error };
}

describe('the token of a department', () => {
  test('the token of a department has the tier and the division that the organisation directory names', async () => {
    const { out } = await token('--department', BUREAU);
    expect(decodeJwt(out)).toMatchObject({ tier: 'MUNICIPAL', division: '420100', department: BUREAU });
    const narrowed = await token('--department', BRANCH, '--division', '420111');
    expect(decodeJwt(narrowed.out)).toMatchObject({ tier: 'DISTRICT', division: '420111', department: BRANCH });
    const given = await token('--department', BUREAU, '--tier', 'DISTRICT', '--division', '420106');
    expect(decodeJwt(given.out)).toMatchObject({ tier: 'DISTRICT', division: '420106' });
  });

  test.each<[string, string[], string]>([
    ['of several divisions', ['--department', BRANCH], 'serves 420106, 420111'],
    ['elsewhere', ['--as', 'wuhan', '--department', BUREAU, '--division', '420600'], 'serves 420100, not 420600'],
    ['that ended', ['--department', ENDED], `its duties went to ${BUREAU}`],
    ['that is unknown', ['--department', UNKNOWN], `the organisation directory does not know ${UNKNOWN}`],
    ['with a wrong check digit', ['--as', 'wuhan', '--department', '114201000100011971'], 'not a unified social'],
  ])('the token of a department %s is refused', async (_what, args, message) => {
    const { code, error } = await token(...args);
    expect([code, error]).toEqual([2, expect.stringContaining(message)]);
  });

  test('a directory that cannot be used is said to be that', async () => {
    await writeFile(join(folder, 'organisations.json'), '{}');
    const { code, error } = await token('--department', BUREAU);
    expect([code, error]).toEqual([1, expect.stringContaining('organisations.json cannot be used')]);
  });
});
