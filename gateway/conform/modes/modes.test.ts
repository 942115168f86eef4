/** Check modes: which entry decides, what a file may say, and what becomes of a change. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { readRuleIds } from '../checks/standard-checks.ts';
import { createModeOf, parseModes } from './conform-modes.ts';
import { createFixedModes, watchModes } from './mode-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'yiwang-modes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'modes.json');
const rules = new Set(['CASE-012', 'CASE-013']);
const modeOf = (content: object) => createModeOf(parseModes(JSON.stringify(content), file, rules));

describe('the mode of a breach', () => {
  const content = {
    modes: [
      { mode: 'observe', platform: 'municipal/420500' },
      { mode: 'observe', rule: 'CASE-013' },
      { mode: 'enforce', platform: 'municipal/420500', rule: 'CASE-012' },
    ],
  };
  test.each<[string, string | undefined, string]>([
    ['CASE-012', 'municipal/420100', 'enforce'],
    ['CASE-013', 'municipal/420100', 'observe'],
    ['CASE-012', 'municipal/420500', 'enforce'],
    ['CASE-013', 'municipal/420500', 'observe'],
    ['CASE-001', 'municipal/420500', 'observe'],
    ['CASE-013', undefined, 'observe'],
    ['CASE-001', undefined, 'enforce'],
  ])('for %s and %s is decided by the last entry that fits: %s', (rule, platform, mode) => {
    expect(modeOf(content)(rule, platform)).toBe(mode);
  });

  test('is the default if no entry fits, and `enforce` without a file', () => {
    expect(modeOf({ default: 'observe' })('CASE-012', undefined)).toBe('observe');
    expect(createFixedModes().modeOf('CASE-012', 'municipal/420100')).toBe('enforce');
  });
});

test.each<[string, unknown, string]>([
  ['a default that is no mode', { default: 'off' }, 'default: expected enforce or observe, not "off"'],
  ['a list that is none', { modes: {} }, 'modes: expected a list'],
  ['a member that there is not', { mode: [] }, 'mode: unknown; expected "default" and "modes"'],
  ['an entry that is no object', { modes: [7] }, 'modes[0]: expected an object'],
  [
    'an entry without a mode',
    { modes: [{ rule: 'CASE-012' }] },
    'modes[0].mode: expected enforce or observe, not undefined',
  ],
  [
    'a rule that there is not',
    { modes: [{ mode: 'observe', rule: 'CASE-999' }] },
    'modes[0].rule: the standard has no rule "CASE-999"',
  ],
  [
    'a platform that cannot be',
    { modes: [{ mode: 'observe', platform: 'municipal/429999' }] },
    'modes[0].platform: expected an id such as "municipal/420100", not "municipal/429999"',
  ],
  [
    'an entry for everything',
    { modes: [{ mode: 'observe' }] },
    'modes[0]: names neither a rule nor a platform; use "default"',
  ],
  [
    'a misspelt member',
    { modes: [{ mode: 'observe', rules: 'CASE-012' }] },
    'modes[0].rules: unknown; expected "mode", "rule" and "platform"',
  ],
])('a file with %s is refused with its place', (_what, content, fault) => {
  expect(() => parseModes(JSON.stringify(content), file, rules)).toThrow(
    `The file of check modes ${file} has faults:\n`,
  );
  expect(() => parseModes(JSON.stringify(content), file, rules)).toThrow(`  ${fault}`);
});

test('every rule of the standard has an id that a file may name', () => {
  expect(readRuleIds().has('CASE-016')).toBe(true);
  expect(readRuleIds().has('TYPE')).toBe(false);
});

test('a change of the file is in force after it is read, and a faulty one changes nothing', async () => {
  writeFileSync(file, '{}');
  const modes = await watchModes(file, { rules, pollMs: 60_000, log: pino({ level: 'silent' }) });
  expect(modes.modeOf('CASE-012', undefined)).toBe('enforce');
  writeFileSync(file, '{"default":"observe"}');
  await modes.reload();
  expect(modes.modeOf('CASE-012', undefined)).toBe('observe');
  writeFileSync(file, '{"default":"both"}');
  await modes.reload();
  expect(modes.modeOf('CASE-012', undefined)).toBe('observe');
  await modes.stop();
  const first = watchModes(file, { rules, pollMs: 60_000, log: pino({ level: 'silent' }) });
  await expect(first).rejects.toThrow('default: expected enforce or observe, not "both"');
});
