/** Departments, their three lists, and the officers on duty. */
import { allOf, type Database, ifPresent, type Page, raw, readPage, runSql, sql, whereWithin } from '@yiwang/platform';

export type DutyKind = 'TASK' | 'RESPONSIBILITY' | 'POWER';

export interface DepartmentRow {
  readonly code: string;
  readonly division: string;
  readonly name: string;
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

export interface OfficerRow {
  readonly id: string;
  readonly division: string;
  readonly name: string;
  readonly phone: string | null;
  readonly post: string;
  readonly department: string | null;
  readonly grids: readonly string[];
}

const DUTY_COLUMNS = 'id, department, kind, title, category, basis, published';

export function readDepartments(db: Database, codes: readonly string[]): Promise<DepartmentRow[]> {
  return runSql<DepartmentRow>(
    db,
    'departments_by_code',
    sql`select code, division, name from departments where code = any (${codes}::text[])`,
  );
}

/** By code. */
export function listDepartments(db: Database, within: string | null | undefined): Promise<DepartmentRow[]> {
  return runSql<DepartmentRow>(
    db,
    'departments',
    sql`select code, division, name from departments where ${whereWithin(within)} order by code`,
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

/** By id. */
export function listDuties(
  db: Database,
  query: {
    readonly within: string | null | undefined;
    readonly department: string | null | undefined;
    readonly kind: DutyKind;
  },
): Promise<DutyRow[]> {
  const where = [
    whereWithin(query.within),
    sql`kind = ${query.kind}`,
    ...ifPresent(query.department, (code) => sql`department = ${code}`),
  ];
  return runSql<DutyRow>(db, 'duties', sql`select ${raw(DUTY_COLUMNS)} from duties where ${allOf(where)} order by id`);
}

export function pageOfficers(
  db: Database,
  { within, first, after }: { within?: string | null; first?: number | null; after?: string | null },
): Page<OfficerRow> {
  return readPage<OfficerRow>(db, {
    name: 'officers',
    columns: 'id, division, name, phone, post, department, grids',
    from: 'officers',
    where: [whereWithin(within)],
    order: { key: 'ID', expression: 'id', direction: 'ASC', kind: 'text' },
    first: first ?? null,
    after: after ?? null,
  });
}
