/** Codes → rows of departments and duties: the only file of the module that knows SQL. */
import { allOf, type Database, raw, runSql, sql, type Within, whereWithin } from '@yiwang/platform';
import type { Tier } from '@yiwang/schema';

export type DutyKind = 'TASK' | 'RESPONSIBILITY' | 'POWER';

export interface DepartmentRow {
  readonly code: string;
  readonly division: string;
  readonly name: string;
  readonly serves: readonly string[];
  readonly tier: Tier;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

export interface DutyRow {
  readonly id: string;
  readonly department: string;
  readonly kind: DutyKind;
  readonly title: string;
  readonly category: string | null;
  readonly basis: string | null;
  readonly published: boolean;
}

const DEPARTMENT_COLUMNS = `code, division, name, serves, tier, valid_from::text as "validFrom",
  valid_to::text as "validTo"`;
const DUTY_COLUMNS = 'id, department, kind, title, category, basis, published';

export function readDepartments(db: Database, codes: readonly string[]): Promise<DepartmentRow[]> {
  return runSql<DepartmentRow>(
    db,
    'departments_by_code',
    sql`select ${raw(DEPARTMENT_COLUMNS)} from departments where code = any (${codes}::text[])`,
  );
}

/** By code. */
export function listDepartments(db: Database, within: Within | undefined): Promise<DepartmentRow[]> {
  return runSql<DepartmentRow>(
    db,
    'departments',
    sql`select ${raw(DEPARTMENT_COLUMNS)} from departments where ${whereWithin(within)} order by code`,
  );
}

/** All three lists of each department, by id. */
export function readDuties(db: Database, departments: readonly string[]): Promise<DutyRow[]> {
  return runSql<DutyRow>(
    db,
    'duties_by_department',
    sql`select ${raw(DUTY_COLUMNS)} from duties where department = any (${departments}::text[]) order by id`,
  );
}

export interface DutyQuery {
  readonly within: Within | undefined;
  readonly department: string | null | undefined;
  readonly kind: DutyKind;
}

/** By id. */
export function listDuties(db: Database, { within, department, kind }: DutyQuery): Promise<DutyRow[]> {
  const where = [whereWithin(within), sql`kind = ${kind}`];
  if (department !== null && department !== undefined) where.push(sql`department = ${department}`);
  return runSql<DutyRow>(db, 'duties', sql`select ${raw(DUTY_COLUMNS)} from duties where ${allOf(where)} order by id`);
}
