/** Law: every row of the demo keeps the rules of the standard. */
import { describe, expect, test } from '@jest/globals';
import { createRowValidator } from '@yiwang/schema/rules';
import { DEMO_PLATFORMS, type DemoPlatform, ownRegion } from '../platforms.ts';
import { DATA_END } from './data-period.ts';
import { generateHotline, generateMunicipal } from './municipal/generate.ts';
import { inspectionRows } from './oversight/inspections.ts';
import { orderRows } from './oversight/orders.ts';

/** By table, the type of its rows in the graph. */
const ENTITIES: Readonly<Record<string, string>> = {
  departments: 'Department',
  grid_cells: 'GridCell',
  officers: 'Officer',
  components: 'Component',
  cases: 'Case',
  case_stages: 'CaseStage',
  requests: 'Request',
  request_stages: 'CaseStage',
  facilities: 'Facility',
  monitoring_points: 'MonitoringPoint',
  alarms: 'Alarm',
  enforcement_cases: 'EnforcementCase',
  property_companies: 'PropertyCompany',
  supervision_orders: 'SupervisionOrder',
  order_answers: 'OrderAnswer',
  inspections: 'Inspection',
  inspection_tasks: 'InspectionTask',
};
/** Columns whose fields have other names. */
const FIELDS: Readonly<Record<string, string>> = {
  condition_id: 'clocks.condition',
  case_id: 'case',
  reporter_name: 'reporter.name',
  reporter_phone: 'reporter.phone',
  requester_name: 'requester.name',
  requester_phone: 'requester.phone',
  from_status: 'from',
  to_status: 'to',
};
/** By table, columns whose fields have other names there alone. */
const TABLE_FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  officers: { name: 'person.name', phone: 'person.phone' },
  supervision_orders: { division: 'issuedTo' },
  order_answers: { answered_at: 'at', department: 'by', content: 'text' },
};

function fieldsOf(table: string, row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    const camel = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    const field = TABLE_FIELDS[table]?.[column] ?? FIELDS[column] ?? camel;
    // Lists of codes are no objects of their own here.
    if (!Array.isArray(value)) fields[field] = value;
  }
  return fields;
}

interface Rows {
  readonly table: string;
  readonly rows: Iterable<Readonly<Record<string, unknown>>>;
}

/** What rows break: how often each rule, and the first row that does. */
function brokenRules(batches: Iterable<Rows>) {
  const broken: Record<string, number> = {};
  const examples: unknown[] = [];
  const used = new Set<string>();
  for (const { table, rows } of batches) {
    const entity = ENTITIES[table];
    if (entity === undefined) continue;
    const validate = createRowValidator(entity, { now: () => DATA_END });
    for (const row of rows) {
      used.add(entity);
      for (const fault of validate(fieldsOf(table, row))) {
        if (broken[fault.rule] === undefined) examples.push({ fault, row });
        broken[fault.rule] = (broken[fault.rule] ?? 0) + 1;
      }
    }
  }
  return { broken, examples, used };
}

const municipal = DEMO_PLATFORMS.filter(({ kind }) => kind === 'municipal');
const areaOf = ({ id, division, ...platform }: DemoPlatform) => ({
  id,
  division,
  region: ownRegion({ id, division, ...platform }),
});
const OPTIONS = { scale: 0.5, now: DATA_END };

describe('the rows of the demo', () => {
  test.each(municipal)('the rows of $id keep every rule of the standard', (platform) => {
    const { broken, examples, used } = brokenRules(generateMunicipal(areaOf(platform), OPTIONS) as Iterable<Rows>);
    expect({ broken, examples }).toEqual({ broken: {}, examples: [] });
    expect([...used]).toEqual(expect.arrayContaining(['Case', 'CaseStage', 'Component', 'Officer', 'Alarm']));
  });

  test('the requests of a hotline keep every rule of the standard', () => {
    const platforms = municipal.filter(({ division }) => division.startsWith('11')).map(areaOf);
    const { broken, examples, used } = brokenRules(
      generateHotline({ city: '110000', platforms }, OPTIONS) as Iterable<Rows>,
    );
    expect({ broken, examples }).toEqual({ broken: {}, examples: [] });
    expect([...used]).toEqual(['Request', 'CaseStage']);
  });

  test.each(DEMO_PLATFORMS.filter(({ kind }) => kind !== 'exchange'))(
    'the orders and inspections of $id keep every rule of the standard',
    (platform) => {
      const { orders, answers } = orderRows(platform, 'yiwang', { cases: [], requests: [] });
      const { inspections, tasks } = inspectionRows(platform, 'yiwang');
      const { broken, examples } = brokenRules([
        { table: 'supervision_orders', rows: orders },
        { table: 'order_answers', rows: answers },
        { table: 'inspections', rows: inspections },
        { table: 'inspection_tasks', rows: tasks },
      ]);
      expect({ broken, examples }).toEqual({ broken: {}, examples: [] });
    },
  );
});
