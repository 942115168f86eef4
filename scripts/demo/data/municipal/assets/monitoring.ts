/** Lifeline sensors and their alarms, by the thresholds of the standard. */
import { createId } from '@yiwang/schema';
import { type AlarmLevel, alarmThresholds, type MonitoringField } from '@yiwang/schema/cases';
import { drawInstants, isoOf, MINUTE_MS, type Rhythm } from '../../data-period.ts';
import { createWeighted, type Random } from '../../random.ts';
import type { Setting } from '../setting/setting.ts';
import type { Row } from '../tables.ts';

interface Sensor {
  readonly field: MonitoringField;
  readonly metric: string;
  readonly unit: string;
  readonly name: string;
  readonly weight: number;
  /** Readings in quiet times. */
  readonly normal: readonly [number, number];
  /** Where the standard leaves the bounds to each sensor: between what its mildest one lies. */
  readonly ownBound?: readonly [number, number];
  readonly heatedOnly?: boolean;
  /** Rain makes it. */
  readonly wet?: boolean;
}

const SENSORS: readonly Sensor[] = [
  sensor('GAS', 'combustibleGas', '%LEL', '燃气相邻空间可燃气体', 22, [0, 6]),
  sensor('DRAINAGE', 'pondingDepth', 'cm', '道路积水点', 20, [0, 4], { wet: true }),
  sensor('WATER_SUPPLY', 'pressure', 'MPa', '供水管网末梢压力', 14, [0.2, 0.42]),
  sensor('UTILITY_TUNNEL', 'methane', '%LEL', '综合管廊甲烷', 9, [0, 5]),
  sensor('CONFINED_SPACE', 'hydrogenSulfide', 'ppm', '有限空间硫化氢', 8, [0, 2]),
  sensor('HEATING', 'roomTemperature', 'degC', '居民室内温度', 8, [19, 24], { heatedOnly: true }),
  sensor('BRIDGE', 'displacement', 'mm', '桥梁竖向位移', 10, [0, 8], { ownBound: [16, 24] }),
  sensor('ROAD', 'settlement', 'mm', '道路沉降', 9, [0, 5], { ownBound: [12, 18] }),
];

type SensorOptions = Pick<Sensor, 'ownBound' | 'heatedOnly' | 'wet'>;

function sensor(
  field: MonitoringField,
  metric: string,
  unit: string,
  name: string,
  weight: number,
  normal: Sensor['normal'],
  options: SensorOptions = {},
): Sensor {
  return { field, metric, unit, name, weight, normal, ...options };
}

interface Bound {
  readonly level: AlarmLevel;
  readonly bound: number;
  /** The alarm is raised when the reading falls. */
  readonly falling: boolean;
}

/** A sensor's own bounds rise from stage to stage by this factor. */
const OWN_BOUND_FACTOR = 1.6;

/** From the mildest, as the standard's thresholds say; a sensor's own bounds where they leave them to it. */
function boundsOf({ field, metric, ownBound }: Sensor, random: Random): readonly Bound[] {
  const own = ownBound === undefined ? 0 : random.between(...ownBound);
  return alarmThresholds(field, metric).map(({ level, value, op }, stage) => ({
    level,
    bound: value ?? rounded(own * OWN_BOUND_FACTOR ** stage),
    falling: op === '<' || op === '<=',
  }));
}

const ALARMS_PER_POINT = 6;
const RHYTHM: Rhythm = {
  months: [0.9, 0.7, 0.7, 0.8, 1, 1.5, 1.9, 1.6, 0.9, 0.7, 0.8, 1],
  weekdays: [1, 1, 1, 1, 1, 1, 1],
  hours: Array(24).fill(1),
  growth: 0,
};
const WET_RHYTHM: Rhythm = { ...RHYTHM, months: [0.05, 0.05, 0.2, 0.5, 1.2, 2.6, 3.8, 2.6, 0.8, 0.3, 0.1, 0.05] };

export interface Monitoring {
  readonly points: readonly Row<'monitoring_points'>[];
  readonly alarms: readonly Row<'alarms'>[];
}

export function createMonitoring(setting: Setting): Monitoring {
  const random = setting.random('monitoring');
  const usable = SENSORS.filter((entry) => setting.profile.heated || !entry.heatedOnly);
  const sensors = createWeighted(usable, (entry) => entry.weight);
  const points: Row<'monitoring_points'>[] = [];
  const alarms: Row<'alarms'>[] = [];
  for (let i = 1; i <= setting.scaled(setting.profile.counts.points); i++) {
    const kind = sensors.draw(random);
    const { locality, longitude, latitude, address } = setting.localities.drawLocation(random);
    const id = createId(locality.division, 'M', String(i).padStart(5, '0'));
    const pointAlarms = alarmsOf(kind, { id, division: locality.division }, { setting, random, serial: alarms.length });
    alarms.push(...pointAlarms);
    const open = pointAlarms.find((alarm) => alarm.resolved_at === null);
    points.push({
      id,
      division: locality.division,
      field: kind.field,
      name: `${address}${kind.name}监测点`,
      longitude,
      latitude,
      metric: kind.metric,
      unit: kind.unit,
      status: open ? 'ABNORMAL' : random.chance(0.03) ? 'MAINTENANCE' : 'NORMAL',
      latest: open ? open.value : rounded(random.between(kind.normal[0], kind.normal[1])),
      latest_at: isoOf(setting.now - random.integer(1, 300) * 1000),
    });
  }
  return { points, alarms };
}

/** Of the least grave alarms, every so many turns out to be false. */
const FALSE_LEVEL = 'LEVEL_4';
const FALSE_EVERY = 7;

interface AlarmContext {
  readonly setting: Setting;
  readonly random: Random;
  readonly serial: number;
}

function alarmsOf(kind: Sensor, point: { id: string; division: string }, context: AlarmContext): Row<'alarms'>[] {
  const { setting, random } = context;
  const bounds = boundsOf(kind, random);
  const count = random.integer(0, 2 * ALARMS_PER_POINT);
  return drawInstants(random, count, { rhythm: kind.wet ? WET_RHYTHM : RHYTHM, until: setting.now }).map(
    (raisedAt, i) => {
      const grade = Math.min(Math.floor(random.exponential(0.55)), bounds.length - 1);
      const { level, bound, falling } = bounds[grade]!;
      const beyond = 1 + random.between(0.01, 0.22);
      const acknowledgedAt = raisedAt + random.integer(1, 25) * MINUTE_MS;
      const falseAlarm = level === FALSE_LEVEL && (context.serial + i) % FALSE_EVERY === 0;
      const resolvedAt = acknowledgedAt + Math.ceil(random.exponential(9 * 60)) * MINUTE_MS;
      return {
        id: createId(point.division, 'A', String(context.serial + i + 1).padStart(6, '0')),
        division: point.division,
        point: point.id,
        level,
        field: kind.field,
        metric: kind.metric,
        value: rounded(falling ? bound / beyond : bound * beyond),
        threshold: bound,
        raised_at: isoOf(raisedAt),
        acknowledged_at: acknowledgedAt > setting.now ? null : isoOf(acknowledgedAt),
        resolved_at: resolvedAt > setting.now ? null : isoOf(resolvedAt),
        false_alarm: resolvedAt > setting.now ? null : falseAlarm,
      };
    },
  );
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
