/** Lifeline sensors and their alarms, with set points as the standards of each field name them. */
import { createId } from '@yiwang/schema';
import { drawInstants, isoOf, MINUTE_MS, type Rhythm } from '../../data-period.ts';
import { createWeighted, type Random } from '../../random.ts';
import type { Setting } from '../setting/setting.ts';
import type { Row } from '../tables.ts';

interface Sensor {
  readonly field: string;
  readonly metric: string;
  readonly unit: string;
  readonly name: string;
  readonly weight: number;
  /** Readings in quiet times. */
  readonly normal: readonly [number, number];
  /** From the mildest; a reading at or beyond the bound raises the level. */
  readonly bounds: readonly (readonly [level: string, bound: number])[];
  /** Alarms when the reading falls. */
  readonly falling?: boolean;
  readonly heatedOnly?: boolean;
  /** Rain makes it. */
  readonly wet?: boolean;
}

const SENSORS: readonly Sensor[] = [
  sensor(
    'GAS',
    'combustibleGas',
    '%LEL',
    '燃气相邻空间可燃气体',
    22,
    [0, 6],
    [
      ['LEVEL_3', 25],
      ['LEVEL_2', 50],
    ],
  ),
  sensor(
    'DRAINAGE',
    'pondingDepth',
    'cm',
    '道路积水点',
    20,
    [0, 4],
    [
      ['LEVEL_4', 15],
      ['LEVEL_3', 27],
      ['LEVEL_2', 40],
      ['LEVEL_1', 60],
    ],
    { wet: true },
  ),
  sensor(
    'WATER_SUPPLY',
    'pressure',
    'MPa',
    '供水管网末梢压力',
    14,
    [0.2, 0.42],
    [
      ['LEVEL_3', 0.14],
      ['LEVEL_2', 0.08],
    ],
    { falling: true },
  ),
  sensor(
    'UTILITY_TUNNEL',
    'methane',
    '%LEL',
    '综合管廊甲烷',
    9,
    [0, 5],
    [
      ['LEVEL_3', 20],
      ['LEVEL_1', 35],
    ],
  ),
  sensor(
    'CONFINED_SPACE',
    'hydrogenSulfide',
    'ppm',
    '有限空间硫化氢',
    8,
    [0, 2],
    [
      ['LEVEL_3', 6],
      ['LEVEL_2', 20],
    ],
  ),
  sensor(
    'HEATING',
    'roomTemperature',
    'degC',
    '居民室内温度',
    8,
    [19, 24],
    [
      ['LEVEL_4', 18],
      ['LEVEL_3', 16],
    ],
    { falling: true, heatedOnly: true },
  ),
  sensor(
    'BRIDGE',
    'displacement',
    'mm',
    '桥梁竖向位移',
    10,
    [0, 8],
    [
      ['LEVEL_3', 20],
      ['LEVEL_1', 32],
    ],
  ),
  sensor(
    'ROAD',
    'settlement',
    'mm',
    '道路沉降',
    9,
    [0, 5],
    [
      ['LEVEL_3', 15],
      ['LEVEL_2', 30],
    ],
  ),
];

type SensorOptions = Pick<Sensor, 'falling' | 'heatedOnly' | 'wet'>;

function sensor(
  field: string,
  metric: string,
  unit: string,
  name: string,
  weight: number,
  normal: Sensor['normal'],
  bounds: Sensor['bounds'],
  options: SensorOptions = {},
): Sensor {
  return { field, metric, unit, name, weight, normal, bounds, ...options };
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

interface AlarmContext {
  readonly setting: Setting;
  readonly random: Random;
  readonly serial: number;
}

function alarmsOf(kind: Sensor, point: { id: string; division: string }, context: AlarmContext): Row<'alarms'>[] {
  const { setting, random } = context;
  const count = random.integer(0, 2 * ALARMS_PER_POINT);
  return drawInstants(random, count, { rhythm: kind.wet ? WET_RHYTHM : RHYTHM, until: setting.now }).map(
    (raisedAt, i) => {
      const grade = Math.min(Math.floor(random.exponential(0.55)), kind.bounds.length - 1);
      const [level, bound] = kind.bounds[grade]!;
      const beyond = 1 + random.between(0.01, 0.22);
      const acknowledgedAt = raisedAt + random.integer(1, 25) * MINUTE_MS;
      const resolvedAt = acknowledgedAt + Math.ceil(random.exponential(9 * 60)) * MINUTE_MS;
      return {
        id: createId(point.division, 'A', String(context.serial + i + 1).padStart(6, '0')),
        division: point.division,
        point: point.id,
        level,
        field: kind.field,
        metric: kind.metric,
        value: rounded(kind.falling ? bound / beyond : bound * beyond),
        threshold: bound,
        raised_at: isoOf(raisedAt),
        acknowledged_at: acknowledgedAt > setting.now ? null : isoOf(acknowledgedAt),
        resolved_at: resolvedAt > setting.now ? null : isoOf(resolvedAt),
      };
    },
  );
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
