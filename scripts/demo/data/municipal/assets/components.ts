/** Components: public assets with a 16-digit identifier (county, major, minor, sequence). */
import { type Category, categories } from '@yiwang/schema/cases';
import { DATA_START, DAY_MS, dayOf } from '../../data-period.ts';
import { WUHAN_WATER_BRANCH } from '../../departments/upper-departments.ts';
import { createWeighted } from '../../random.ts';
import { chooseDepartment } from '../offices/departments.ts';
import { officeOfClass } from '../offices/offices.ts';
import { componentWeight } from '../setting/classes.ts';
import type { Location } from '../setting/localities.ts';
import type { Setting } from '../setting/setting.ts';
import type { Row } from '../tables.ts';

/** What cases need to know of a component. */
export interface PlacedComponent {
  readonly code: string;
  readonly category: Category;
  readonly location: Location;
}

/** 上水井盖, 污水井盖, 雨水井盖. */
const PIPE_COVERS = ['10101', '10102', '10103'];
const STATES = createWeighted(
  [
    ['INTACT', 93],
    ['DAMAGED', 5],
    ['LOST', 1],
    ['DISCARDED', 1],
  ] as const,
  ([, weight]) => weight,
);
const SOURCES = ['CENSUS', 'CENSUS', 'CENSUS', 'MEASURED', 'REPORTED'] as const;
const MATERIALS = ['铸铁', '复合材料', '钢', '混凝土', '不锈钢', '木', '塑料'] as const;
const CENSUS_YEARS = 8;

export function createComponents(setting: Setting): readonly PlacedComponent[] {
  const random = setting.random('components');
  const classes = createWeighted(categories().leaves('COMPONENT'), componentWeight);
  const sequences = new Map<string, number>();
  return Array.from({ length: setting.scaled(setting.profile.counts.components) }, () => {
    const category = classes.draw(random);
    const location = setting.localities.drawLocation(random);
    const stem = `${location.locality.county}${category.code.slice(1)}`;
    const sequence = (sequences.get(stem) ?? firstSequence(setting)) + 1;
    sequences.set(stem, sequence);
    return { code: stem + String(sequence).padStart(6, '0'), category, location };
  });
}

/** Platforms that share a county (a district's and a street's) count from different numbers, as the code knows the county only. */
function firstSequence(setting: Setting): number {
  return setting.platform.division.length > 6 ? Number(setting.platform.division.slice(6)) * 10_000 : 0;
}

/** The branch of the province's water company looks after every second cover of pipes in Wuhan. */
function isOfWaterBranch({ platform }: Setting, category: string, index: number): boolean {
  return platform.division === '420100' && PIPE_COVERS.includes(category) && index % 2 === 0;
}

export function componentRows(setting: Setting, components: readonly PlacedComponent[]): Row<'components'>[] {
  const random = setting.random('component details');
  return components.map(({ code, category, location }, index) => {
    const initial = DATA_START - random.integer(30, CENSUS_YEARS * 365) * DAY_MS;
    const state = STATES.draw(random)[0];
    const owner = chooseDepartment(officeOfClass(category), location.locality.county, random);
    return {
      code,
      division: location.locality.division,
      category: category.code,
      name: category.name,
      grid: location.grid,
      state,
      longitude: location.longitude,
      latitude: location.latitude,
      owner,
      in_charge: chooseDepartment('MANAGEMENT', location.locality.county, random),
      maintainer: isOfWaterBranch(setting, category.code, index) ? WUHAN_WATER_BRANCH : owner,
      material: random.pick(MATERIALS),
      source: random.pick(SOURCES),
      initial_on: dayOf(initial),
      changed_on: state === 'INTACT' ? dayOf(initial) : dayOf(setting.now - random.integer(1, 400) * DAY_MS),
    };
  });
}
