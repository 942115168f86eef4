/** Law: every alarm of the demo network is raised by a threshold of the standard, at the level of its stage. */
import { describe, expect, test } from '@jest/globals';
import { alarmLevelOf, isTripped, thresholds } from '@yiwang/schema/cases';
import { DEMO_PLATFORMS, ownRegion } from '../../../platforms.ts';
import { DATA_END } from '../../data-period.ts';
import { generateMunicipal } from '../generate.ts';
import type { Row } from '../tables.ts';

function alarms(): Row<'alarms'>[] {
  return DEMO_PLATFORMS.filter(({ kind }) => kind === 'municipal').flatMap(({ id, division }, _, all) => {
    const platform = all.find((candidate) => candidate.id === id)!;
    const area = { id, division, region: ownRegion(platform) };
    for (const batch of generateMunicipal(area, { scale: 0.5, now: DATA_END })) {
      if (batch.table === 'alarms') return batch.rows;
    }
    return [];
  });
}

/** The thresholds that could have raised the alarm. */
function thresholdsOf(row: Row<'alarms'>) {
  return thresholds().filter(
    ({ field, metric, stage, value }) =>
      field === row.field &&
      alarmLevelOf(stage) === row.level &&
      (value === null || (metric === row.metric && value === row.threshold)),
  );
}

describe('alarms', () => {
  const rows = alarms();

  test('every alarm has its level and its bound from a row of the thresholds, and its value trips it', () => {
    expect(rows.length).toBeGreaterThan(1000);
    const broken = rows.filter((row) => {
      const raised = thresholdsOf(row).filter(
        (threshold) =>
          isTripped(threshold, Number(row.value)) ||
          (threshold.value === null && Number(row.value) > Number(row.threshold)),
      );
      return raised.length !== 1;
    });
    expect(broken.slice(0, 3)).toEqual([]);
  });

  test('half the lower explosion limit is the gravest level, and a cold room the third', () => {
    const levels = (metric: string) => new Set(rows.filter((row) => row.metric === metric).map((row) => row.level));
    expect([...levels('combustibleGas')].sort()).toEqual(['LEVEL_1', 'LEVEL_3']);
    expect([...levels('roomTemperature')]).toEqual(['LEVEL_3']);
  });

  test('a graver alarm never lies between a milder one and its bound', () => {
    const broken = rows.filter((row) => {
      const graver = thresholds().filter(
        (one) =>
          one.field === row.field && one.metric === row.metric && (alarmLevelOf(one.stage) ?? 'Z') < String(row.level),
      );
      return graver.some((threshold) => isTripped(threshold, Number(row.value)));
    });
    expect(broken.slice(0, 3)).toEqual([]);
  });
});
