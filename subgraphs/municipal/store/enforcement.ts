/** Administrative penalty cases, and the credit list of property companies. */
import {
  type Database,
  ifPresent,
  type Page,
  raw,
  readPage,
  runSql,
  sql,
  type Within,
  whereDuring,
  whereWithin,
} from '@yiwang/platform';
import type { Period } from '@yiwang/schema/time';

export interface EnforcementCaseRow {
  readonly id: string;
  readonly division: string;
  readonly category: string | null;
  readonly department: string | null;
  readonly subject: string;
  readonly party: string | null;
  readonly basis: string | null;
  readonly decision: string | null;
  readonly fineYuan: number | null;
  readonly status: string;
  readonly filedAt: Date;
  readonly decidedAt: Date | null;
}

export interface PropertyCompanyRow {
  readonly code: string;
  readonly division: string;
  readonly name: string;
  readonly grade: string;
  readonly score: number;
  readonly list: string | null;
  readonly listReason: string | null;
  readonly communities: readonly string[];
  readonly ratedOn: string;
}

interface PageArguments {
  readonly within?: Within;
  readonly first?: number | null;
  readonly after?: string | null;
}

const ENFORCEMENT_COLUMNS = `id, division, category, department, subject, party, basis, decision, fine_yuan as "fineYuan",
  status, filed_at as "filedAt", decided_at as "decidedAt"`;

export function readEnforcementCases(db: Database, ids: readonly string[]): Promise<EnforcementCaseRow[]> {
  return runSql<EnforcementCaseRow>(
    db,
    'enforcement_cases_by_id',
    sql`select ${raw(ENFORCEMENT_COLUMNS)} from enforcement_cases where id = any (${ids}::text[])`,
  );
}

export function pageEnforcementCases(
  db: Database,
  query: PageArguments & { readonly period?: Period | null },
): Page<EnforcementCaseRow> {
  return readPage<EnforcementCaseRow>(db, {
    name: 'enforcement_cases',
    columns: ENFORCEMENT_COLUMNS,
    from: 'enforcement_cases',
    where: [whereWithin(query.within), ...ifPresent(query.period, (period) => whereDuring('filed_at', period))],
    order: { key: 'FILED_AT', expression: 'filed_at', direction: 'DESC', kind: 'instant' },
    first: query.first ?? null,
    after: query.after ?? null,
  });
}

export function pagePropertyCompanies(
  db: Database,
  query: PageArguments & { readonly grade?: string | null; readonly list?: string | null },
): Page<PropertyCompanyRow> {
  return readPage<PropertyCompanyRow>(db, {
    name: 'property_companies',
    columns: `code, division, name, grade, score, list, list_reason as "listReason", communities, rated_on as "ratedOn"`,
    from: 'property_companies',
    where: [
      whereWithin(query.within),
      ...ifPresent(query.grade, (grade) => sql`grade = ${grade}`),
      ...ifPresent(query.list, (list) => sql`list = ${list}`),
    ],
    order: { key: 'CODE', expression: 'code', direction: 'ASC', kind: 'text' },
    first: query.first ?? null,
    after: query.after ?? null,
    idColumn: 'code',
  });
}
