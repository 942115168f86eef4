/** Law: every row of the demo keeps the rules of the standard. */
import { describe, expect, test } from '@jest/globals';
import { createRowValidator, entityRules } from '@yiwang/schema/rules';
import { DEMO_PLATFORMS, ownRegion } from '../platforms.ts';
import { DATA_END } from './data-period.ts';
import { generateMunicipal } from './municipal/generate.ts';

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
const PERSON_COLUMNS: Readonly<Record<string, string>> = { name: 'person.name', phone: 'person.phone' };

function fieldsOf(table: string, row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    const camel = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    const field = (table === 'officers' ? PERSON_COLUMNS[column] : undefined) ?? FIELDS[column] ?? camel;
    // Lists of codes are no objects of their own here.
    if (!Array.isArray(value)) fields[field] = value;
  }
  return fields;
}

const municipal = DEMO_PLATFORMS.filter(({ kind }) => kind === 'municipal');

describe('the rows of the demo', () => {
  test.each(municipal.map(({ id }) => id))('%s keeps every rule of the standard', (id) => {
    const platform = municipal.find((candidate) => candidate.id === id)!;
    const area = { id, division: platform.division, region: ownRegion(platform) };
    const broken = new Map<string, number>();
    const examples: unknown[] = [];
    const used = new Set<string>();
    for (const { table, rows } of generateMunicipal(area, { scale: 0.5, now: DATA_END })) {
      const entity = ENTITIES[table];
      if (entity === undefined) continue;
      used.add(entity);
      const validate = createRowValidator(entity, { now: () => DATA_END });
      for (const row of rows) {
        for (const fault of validate(fieldsOf(table, row))) {
          const count = broken.get(fault.rule) ?? 0;
          if (count === 0) examples.push({ fault, row });
          broken.set(fault.rule, count + 1);
        }
      }
    }
    expect({ broken: Object.fromEntries(broken), examples }).toEqual({ broken: {}, examples: [] });
    expect([...used].every((entity) => entityRules(entity).length > 0)).toBe(true);
  });
});
