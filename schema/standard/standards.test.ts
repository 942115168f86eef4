/** The manifest and the small tables: every part has its files, every row its fields. */

import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { requestKinds, requestLimit } from '../cases/request-kinds.ts';
import { alarmLevelOf, isTripped, monitoringFields, thresholds } from '../cases/thresholds.ts';
import { isDate } from '../time/local-date.ts';
import { readData } from './data-file.ts';
import { regulations } from './regulations.ts';
import { standards, standardVersion, standardVersions, versionStatus } from './standards.ts';

describe('the manifest', () => {
  test('the manifest names every data file in exactly one part', () => {
    const { parts } = readData<{ parts: { files: string[] }[] }>('standard.json');
    const named = parts.flatMap(({ files }) => files);
    const entries = readdirSync(new URL('../data', import.meta.url), { withFileTypes: true });
    const there = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
    const isData = (name: string) => name !== 'standard.json' && !name.endsWith('.md');
    expect([...named].sort()).toEqual(there.filter(isData).sort());
  });

  test('the manifest gives the standard first, in its version 2, then its parts, each with a day in force', () => {
    expect(standards()[0]).toMatchObject({ id: 'yiwang', version: standardVersion() });
    expect(standardVersion()).toBe('2');
    expect(new Set(standards().map(({ id }) => id)).size).toBe(standards().length);
    expect(standards().every(({ effectiveFrom }) => isDate(effectiveFrom))).toBe(true);
  });
});

describe('versions of the standard', () => {
  test('versions overlap, so that two are in force while platforms move over, and never leave a gap', () => {
    const versions = standardVersions();
    versions.slice(1).forEach(({ version, effectiveFrom }, index) => {
      const before = versions[index]!;
      expect(Number(version)).toBe(Number(before.version) + 1);
      expect(before.effectiveTo! > effectiveFrom).toBe(true);
    });
    expect(versions.at(-1)?.effectiveTo).toBeNull();
  });

  test.each([
    ['2', '2026-11-01', 'CURRENT'],
    ['1', '2026-11-01', 'IN_FORCE'],
    ['1', '2027-06-30', 'IN_FORCE'],
    ['1', '2027-07-01', 'NOT_IN_FORCE'],
    ['2', '2026-09-30', 'NOT_IN_FORCE'],
    ['3', '2026-11-01', 'UNKNOWN'],
    ['', '2026-11-01', 'UNKNOWN'],
    ['1.0', '2026-11-01', 'UNKNOWN'],
  ])('version "%s" is on %s %s', (version, day, status) => {
    expect(versionStatus(version, day)).toBe(status);
  });
});

describe('thresholds', () => {
  const trippedBy = (metric: string, value: number): string[] =>
    thresholds()
      .filter((threshold) => threshold.metric === metric && isTripped(threshold, value))
      .map(({ field, stage }) => `${field} ${stage}`);

  test('thresholds are 36, in known fields', () => {
    expect(thresholds()).toHaveLength(36);
    for (const { field } of thresholds()) expect(Object.keys(monitoringFields())).toContain(field);
  });

  test('thresholds trip on their own side, the bound included if the rule says so', () => {
    expect(trippedBy('combustibleGas', 24.9)).toEqual([]);
    expect(trippedBy('combustibleGas', 25)).toEqual(['GAS DEVICE_1']);
    expect(trippedBy('combustibleGas', 50)).toEqual(['GAS DEVICE_1', 'GAS DEVICE_2']);
    expect(trippedBy('oxygen', 19.5)).toEqual(['GAS LOW', 'CONFINED_SPACE LOW']);
    expect(trippedBy('rainfall1h', 50)).toEqual([]);
    expect(trippedBy('rainfall1h', 50.1)).toEqual(['DRAINAGE HINT']);
    expect(trippedBy('pressure', 0.13)).toEqual(['WATER_SUPPLY LOW']);
    expect(trippedBy('structural', 1e9)).toEqual([]);
  });

  test('the second stage of a device is the graver one, the first public level the gravest; goals alarm nobody', () => {
    expect([alarmLevelOf('DEVICE_1'), alarmLevelOf('DEVICE_2')]).toEqual(['LEVEL_3', 'LEVEL_1']);
    expect(['RED', 'ORANGE', 'YELLOW', 'BLUE'].map(alarmLevelOf)).toEqual(['LEVEL_1', 'LEVEL_2', 'LEVEL_3', 'LEVEL_4']);
    expect(['REFERENCE', 'GOAL_2025', 'GOAL_LEVEL_1'].map(alarmLevelOf)).toEqual([null, null, null]);
  });
});

test('regulations have ids of their own and real days', () => {
  expect(new Set(regulations().map(({ id }) => id)).size).toBe(regulations().length);
  for (const { issuedOn, effectiveFrom } of regulations()) {
    for (const date of [issuedOn, effectiveFrom]) if (date !== null) expect(isDate(date)).toBe(true);
    if (issuedOn !== null && effectiveFrom !== null) expect(effectiveFrom >= issuedOn).toBe(true);
  }
  expect(regulations().find(({ id }) => id === 'order-809')).toMatchObject({ effectiveFrom: '2025-08-01' });
});

test('a regulation that was replaced names one of the list that is in force, and no other does', () => {
  const byId = new Map(regulations().map((row) => [row.id, row]));
  for (const { status, successor } of regulations()) {
    if (successor !== null) expect([status, byId.get(successor)?.status]).toEqual(['REPLACED', 'IN_FORCE']);
    else expect(status).not.toBe('REPLACED');
  }
  expect(byId.get('cj-t-315-2009')?.successor).toBe('gb-t-30428.8');
  for (const id of ['gb-t-33357-2016', 'urban-management-enforcement', 'law-administrative-penalty'])
    expect(byId.get(id)?.status).toBe('IN_FORCE');
});

test('every kind of request has a limit in working days', () => {
  expect(requestKinds().map(({ kind }) => kind)).toEqual([
    'INQUIRY',
    'HELP',
    'COMPLAINT',
    'REPORT',
    'SUGGESTION',
    'PRAISE',
  ]);
  expect(requestLimit('COMPLAINT')).toEqual({ amount: 5, unit: 'WORKDAY' });
});
