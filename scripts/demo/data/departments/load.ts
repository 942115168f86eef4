/** The departments of the ministry or of a province → the tables of its platform. */
import type { ClientBase } from 'pg';
import { copyRows } from '../copy.ts';
import { createRandom } from '../random.ts';
import { DEPARTMENT_COLUMNS, DUTY_COLUMNS, departmentRows, dutyRows } from './department.ts';
import { upperDepartments } from './upper-departments.ts';

export interface UpperPlatform {
  readonly kind: string;
  readonly division: string;
}

/** Resolves to the number of rows; the exchange has none. */
export async function loadUpperDepartments(client: ClientBase, { kind, division }: UpperPlatform): Promise<number> {
  if (kind !== 'national' && kind !== 'provincial') return 0;
  const departments = upperDepartments(division);
  const duties = dutyRows(departments, createRandom(`duties ${division}`), {});
  const count = await copyRows(
    client,
    { table: 'departments', columns: DEPARTMENT_COLUMNS },
    departmentRows(departments),
  );
  return count + (await copyRows(client, { table: 'duties', columns: DUTY_COLUMNS }, duties));
}
