/** Components: public assets with a 16-digit identifier (county, major, minor, sequence). */
import { type Category, categories } from '@yiwang/schema/categories.ts';
import { createWeighted } from '../random.ts';
import { DAY_MS, dayOf, SPAN_START } from '../span.ts';
import { componentWeight } from './classes.ts';
import { chooseDepartment } from './departments.ts';
import { officeOfClass } from './offices.ts';
import type { Spot } from './places.ts';
import type { Setting } from './setting.ts';
import type { Row } from './tables.ts';

/** What cases need to know of a component. */
export interface PlacedComponent {
  readonly code: string;
  readonly category: Category;
  readonly spot: Spot;
}

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
    const spot = setting.places.drawSpot(random);
    const stem = `${spot.place.county}${category.code.slice(1)}`;
    const sequence = (sequences.get(stem) ?? firstSequence(setting)) + 1;
    sequences.set(stem, sequence);
    return { code: stem + String(sequence).padStart(6, '0'), category, spot };
  });
}

/** Platforms that share a county (a district's and a street's) count from different numbers, as the code knows the county only. */
function firstSequence(setting: Setting): number {
  return setting.platform.division.length > 6 ? Number(setting.platform.division.slice(6)) * 10_000 : 0;
}

export function componentRows(setting: Setting, components: readonly PlacedComponent[]): Row<'components'>[] {
  const random = setting.random('component details');
  return components.map(({ code, category, spot }) => {
    const initial = SPAN_START - random.integer(30, CENSUS_YEARS * 365) * DAY_MS;
    const state = STATES.draw(random)[0];
    const owner = chooseDepartment(officeOfClass(category), spot.place.county, random);
    return {
      code,
      division: spot.place.division,
      category: category.code,
      name: category.name,
      grid: spot.grid,
      state,
      longitude: spot.longitude,
      latitude: spot.latitude,
      owner,
      in_charge: chooseDepartment('MANAGEMENT', spot.place.county, random),
      maintainer: owner,
      material: random.pick(MATERIALS),
      source: random.pick(SOURCES),
      initial_on: dayOf(initial),
      changed_on: state === 'INTACT' ? dayOf(initial) : dayOf(setting.now - random.integer(1, 400) * DAY_MS),
    };
  });
}
