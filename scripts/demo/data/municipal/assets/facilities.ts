/** Public facilities: open data with coordinates, opening hours and capacity. */
import { createId } from '@yiwang/schema';
import { createWeighted } from '../../random.ts';
import { officeCode } from '../offices/departments.ts';
import type { Setting } from '../setting/setting.ts';
import type { Row } from '../tables.ts';

interface FacilityClass {
  readonly kind: string;
  readonly weight: number;
  readonly name: string;
  readonly hours: readonly string[];
  /** Smallest and largest capacity; undefined if it has none. */
  readonly capacity?: readonly [number, number];
  /** How many places are free is known. */
  readonly live?: boolean;
}

const CLASSES: readonly FacilityClass[] = [
  {
    kind: 'PUBLIC_TOILET',
    weight: 34,
    name: '公共厕所',
    hours: ['24/7', 'Mo-Su 06:00-22:00', 'Mo-Su 05:30-23:00'],
    capacity: [4, 24],
  },
  { kind: 'PARKING', weight: 22, name: '公共停车场', hours: ['24/7'], capacity: [20, 420], live: true },
  { kind: 'DRINKING_WATER', weight: 10, name: '直饮水点', hours: ['Mo-Su 07:00-21:00', '24/7'] },
  { kind: 'PARK', weight: 9, name: '口袋公园', hours: ['24/7', 'Mo-Su 06:00-21:30'] },
  { kind: 'SHELTER', weight: 6, name: '应急避难场所', hours: ['24/7'], capacity: [200, 6000] },
  { kind: 'CHARGING', weight: 13, name: '充电站', hours: ['24/7'], capacity: [4, 48], live: true },
  {
    kind: 'SERVICE_CENTRE',
    weight: 6,
    name: '便民服务中心',
    hours: ['Mo-Fr 09:00-17:00', 'Mo-Fr 08:30-17:30'],
    capacity: [4, 30],
  },
];

export function facilityRows(setting: Setting): Row<'facilities'>[] {
  const random = setting.random('facilities');
  const classes = createWeighted(CLASSES, (entry) => entry.weight);
  return Array.from({ length: setting.scaled(setting.profile.counts.facilities) }, (_, i) => {
    const { kind, name, hours, capacity, live } = classes.draw(random);
    const { locality, address, longitude, latitude } = setting.localities.drawLocation(random);
    const places = capacity ? random.integer(capacity[0], capacity[1]) : null;
    return {
      id: createId(locality.division, 'F', String(i + 1).padStart(5, '0')),
      division: locality.division,
      kind,
      name: `${address.replace(/\d+号$/, '')}${name}`,
      address,
      longitude,
      latitude,
      opening_hours: random.pick(hours),
      capacity: places,
      available: live && places !== null ? random.integer(0, places) : null,
      operator: officeCode('MANAGEMENT', locality.county),
      barrier_free: random.chance(0.78),
    };
  });
}
