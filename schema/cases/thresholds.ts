/** Monitoring thresholds of the city's lifelines, and the public alarm level of each stage. */
import { once, readData } from '../standard/data-file.ts';

export type AlarmLevel = 'LEVEL_1' | 'LEVEL_2' | 'LEVEL_3' | 'LEVEL_4';

/** A lifeline that is monitored; the enum `MonitoringField` of the graph. */
export type MonitoringField =
  | 'GAS'
  | 'UTILITY_TUNNEL'
  | 'CONFINED_SPACE'
  | 'DRAINAGE'
  | 'WEATHER'
  | 'WATER_SUPPLY'
  | 'HEATING'
  | 'BRIDGE'
  | 'ROAD';

export interface Threshold {
  readonly field: MonitoringField;
  readonly object: string;
  readonly metric: string;
  /**
   * The stage as the source names it. The second stage of a device is the graver one, but the first public level is
   * the gravest: `alarmLevelOf` maps between them.
   */
  readonly stage: string;
  readonly op: '>=' | '<=' | '>' | '<' | '=' | 'outside';
  /** Null if every sensor has its own bounds. */
  readonly value: number | null;
  readonly unit: string;
  readonly basis: string;
  /** `sure`: read in a source; `memory`: not read; `open`: sources differ. */
  readonly certainty: 'sure' | 'memory' | 'open';
  readonly note?: string;
}

/** The public level of a stage. */
export interface StageLevel {
  readonly stage: string;
  readonly level: AlarmLevel;
  /** `advice`: the mapping is ours; `memory`: not read in a source. */
  readonly certainty: 'advice' | 'memory';
  readonly note?: string;
}

interface ThresholdsFile {
  readonly fields: Readonly<Record<MonitoringField, string>>;
  readonly alarmLevels: readonly StageLevel[];
  readonly thresholds: readonly Threshold[];
}

const file = once(() => readData<ThresholdsFile>('thresholds.json'));
const levels = once(() => new Map(file().alarmLevels.map(({ stage, level }) => [stage, level])));

export function thresholds(): readonly Threshold[] {
  return file().thresholds;
}

/** The fields of monitoring with their Chinese names. */
export function monitoringFields(): Readonly<Record<MonitoringField, string>> {
  return file().fields;
}

export function isMonitoringField(text: string): text is MonitoringField {
  return Object.hasOwn(file().fields, text);
}

/**
 * What raises an alarm for a metric of a field, the mildest first: thresholds of that metric, or those of the field that
 * each sensor sets for itself.
 */
export function alarmThresholds(
  field: string,
  metric: string,
): readonly (Threshold & { readonly level: AlarmLevel })[] {
  const ofField = thresholds().filter((threshold) => threshold.field === field);
  const named = ofField.filter((threshold) => threshold.metric === metric);
  return (named.length > 0 ? named : ofField.filter(({ value }) => value === null))
    .flatMap((threshold) => {
      const level = alarmLevelOf(threshold.stage);
      return level === null ? [] : [{ ...threshold, level }];
    })
    .sort((a, b) => (a.level < b.level ? 1 : -1));
}

/** The public level (I is the gravest) of a stage; null for goals and conversion constants, which raise no alarm. */
export function alarmLevelOf(stage: string): AlarmLevel | null {
  return levels().get(stage) ?? null;
}

/** True if a measured value trips the threshold; always false if the bounds differ from sensor to sensor. */
export function isTripped({ op, value: limit }: Threshold, value: number): boolean {
  if (limit === null) return false;
  switch (op) {
    case '>=':
      return value >= limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '<':
      return value < limit;
    case '=':
    case 'outside':
      return false;
  }
}
