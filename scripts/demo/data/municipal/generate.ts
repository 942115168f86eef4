/** All rows of one platform, or of a city's hotline, batch by batch, in an order in which they can be loaded. */
import { divisions } from '@yiwang/schema';
import { DATA_START, dayOf } from '../data-period.ts';
import { departmentRows, dutyRows } from '../departments/department.ts';
import { componentRows, createComponents } from './assets/components.ts';
import { facilityRows } from './assets/facilities.ts';
import { createMonitoring } from './assets/monitoring.ts';
import { drawCalls, generateCases } from './cases/cases.ts';
import { enforcementRows } from './cases/enforcement.ts';
import { companyRows } from './offices/companies.ts';
import { createDepartments } from './offices/departments.ts';
import { DUTY_CLASSES } from './offices/duty-classes.ts';
import { createHotlineDesk } from './offices/hotline-desk.ts';
import { createStaff } from './offices/staff.ts';
import { generateRequests } from './requests/requests.ts';
import { createTopics } from './requests/topics.ts';
import { createSetting, type GenerateOptions, type PlatformArea, type Setting } from './setting/setting.ts';
import type { Batch, Row } from './tables.ts';

const BATCH_ROWS = 4000;

/** The same platform, scale and clock give the same rows in the same order. */
export function* generateMunicipal(platform: PlatformArea, options: GenerateOptions): Generator<Batch> {
  const setting = createSetting(platform, options);
  const departments = createDepartments(setting);
  const { staff, rows: officers } = createStaff(setting, departments);
  const components = createComponents(setting);
  const monitoring = createMonitoring(setting);
  yield { table: 'departments', rows: departmentRows(departments) };
  yield { table: 'duties', rows: dutyRows(departments, setting.random('duties'), DUTY_CLASSES) };
  yield { table: 'grid_cells', rows: cellRows(setting) };
  yield { table: 'officers', rows: officers };
  yield { table: 'components', rows: componentRows(setting, components) };
  yield { table: 'facilities', rows: facilityRows(setting) };
  yield { table: 'monitoring_points', rows: monitoring.points };
  yield { table: 'alarms', rows: monitoring.alarms };
  yield { table: 'enforcement_cases', rows: enforcementRows(setting) };
  yield { table: 'property_companies', rows: companyRows(setting) };
  yield* caseBatches(setting, { components, staff });
}

/** The rows of a city's hotline: its topics, and the requests about each platform of the city. */
export function* generateHotline({ city, platforms }: HotlineArea, options: GenerateOptions): Generator<Batch> {
  const topics = createTopics(city);
  yield { table: 'monthly_topics', rows: topics.topics };
  yield { table: 'monthly_topic_categories', rows: topics.categories };
  const desk = createHotlineDesk(city);
  for (const platform of platforms) {
    const setting = createSetting(platform, options);
    const { staff } = createStaff(setting, createDepartments(setting));
    const calls = drawCalls(setting, { components: createComponents(setting), staff });
    yield* requestBatches(setting, { calls, cast: { desk, team: staff.team } });
  }
}

export interface HotlineArea {
  /** Canonical code. */
  readonly city: string;
  /** The municipal platforms that share the city's divisions. */
  readonly platforms: readonly PlatformArea[];
}

function* caseBatches(setting: Setting, inputs: Parameters<typeof generateCases>[1]): Generator<Batch> {
  let rows: Row<'cases'>[] = [];
  let stages: Row<'case_stages'>[] = [];
  for (const generated of generateCases(setting, inputs)) {
    rows.push(generated.row);
    stages.push(...generated.stages);
    if (stages.length < BATCH_ROWS) continue;
    yield { table: 'cases', rows };
    yield { table: 'case_stages', rows: stages };
    rows = [];
    stages = [];
  }
  yield { table: 'cases', rows };
  yield { table: 'case_stages', rows: stages };
}

function* requestBatches(setting: Setting, inputs: Parameters<typeof generateRequests>[1]): Generator<Batch> {
  let rows: Row<'requests'>[] = [];
  let stages: Row<'request_stages'>[] = [];
  for (const generated of generateRequests(setting, inputs)) {
    rows.push(generated.row);
    stages.push(...generated.stages);
    if (stages.length < BATCH_ROWS) continue;
    yield { table: 'requests', rows };
    yield { table: 'request_stages', rows: stages };
    rows = [];
    stages = [];
  }
  yield { table: 'requests', rows };
  yield { table: 'request_stages', rows: stages };
}

/** About 10,000 m² each, inside one community. */
function cellRows(setting: Setting): Row<'grid_cells'>[] {
  const random = setting.random('grid cells');
  return setting.localities.all.flatMap((place) =>
    place.cells.map((code) => ({
      code,
      division: place.division,
      name: `${divisions().get(place.division)?.name ?? place.name}第${Number(code.slice(12))}网格`,
      area_square_metres: Math.round(random.normal(10_000, 1200)),
      valid_from: dayOf(DATA_START),
      valid_to: null,
    })),
  );
}
