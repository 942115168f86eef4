/** Batches → rows of evaluations, inspections and accounts: the only file of the module that knows SQL. */
import {
  allOf,
  type Database,
  type Fragment,
  type Page,
  raw,
  readPage,
  runSql,
  sql,
  type Within,
  whereWithin,
} from '@yiwang/platform';
import { type OrderStatusFilter, type OrderTable, whereOrderStatus } from '@yiwang/supervision';

export interface EvaluationRow {
  readonly scheme: string;
  readonly division: string;
  /** Null if the division itself is evaluated. */
  readonly department: string | null;
  /** `2026-10` */
  readonly month: string;
  readonly evaluator: string;
  readonly score: number;
  readonly grade: string;
  readonly rank: number | null;
  /** Null before. */
  readonly publishedAt: Date | null;
  readonly parts: readonly PartRow[];
}

/** The last two are null for an indicator that is no rate. */
export interface PartRow {
  readonly indicator: string;
  readonly name: string;
  readonly score: number;
  readonly fullScore: number;
  readonly numerator: number | null;
  readonly denominator: number | null;
}

export interface InspectionRow {
  readonly id: string;
  readonly division: string;
  readonly tier: string;
  readonly issuedBy: string;
  readonly kind: string;
  readonly title: string;
  readonly requirement: string | null;
  readonly status: string;
  readonly issuedAt: Date;
  readonly deadline: Date | null;
  readonly closedAt: Date | null;
}

export interface TaskRow {
  readonly id: string;
  readonly inspection: string;
  readonly division: string;
  readonly title: string;
  readonly status: string;
  readonly deadline: Date | null;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
}

export interface InspectionStageRow {
  /** The id of the inspection or the task. */
  readonly of: string;
  readonly action: string;
  readonly at: Date;
  readonly department: null;
  readonly reason: string | null;
  readonly from: string | null;
  readonly to: string;
}

export interface ReportRow {
  readonly id: string;
  readonly division: string;
  readonly kind: string;
  /** The month: `2026-10` */
  readonly period: string;
  readonly version: number;
  readonly current: boolean;
  readonly deadline: Date;
  readonly submittedAt: Date;
  readonly acceptedAt: Date | null;
  readonly late: boolean;
  readonly status: string;
  readonly figures: readonly FigureRow[];
}

export interface FigureRow {
  readonly metric: string;
  readonly name: string;
  /** A count; in an old account a rate between 0 and 1. */
  readonly value: number;
  /** Absent or null for a figure that was handed in as the rows gave it. */
  readonly adjustedBecause?: string | null;
}

/** The months that lie wholly between two days, the second excluded; both as `2026-10-01`. */
export interface Months {
  readonly from: string;
  readonly to: string;
}

export interface EvaluationFilter {
  readonly months: Months;
  readonly scheme?: string | null;
  readonly department?: string | null;
}

interface PageArguments {
  readonly within?: Within;
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface InspectionFilter extends PageArguments, OrderStatusFilter {}

export interface ReportFilter extends PageArguments {
  readonly months?: Months;
  readonly history?: boolean | null;
}

const EVALUATION_COLUMNS = `scheme, division, department, to_char(month, 'YYYY-MM') as month, evaluator, score, grade, rank,
  published_at as "publishedAt", parts`;
const INSPECTION_COLUMNS = `id, division, tier, issued_by as "issuedBy", kind, title, requirement, status,
  issued_at as "issuedAt", deadline, closed_at as "closedAt"`;
const TASK_COLUMNS = 'id, inspection, division, title, status, deadline, answer, answered_at as "answeredAt"';
const REPORT_COLUMNS = `id, division, kind, to_char(month, 'YYYY-MM') as period, version, is_current as current, deadline,
  submitted_at as "submittedAt", accepted_at as "acceptedAt", late, status, figures`;
const EVALUATION_ORDER = 'scheme, division, department nulls first, evaluations.month, evaluator';

/** Inspections as statistics count them. */
export const INSPECTIONS: OrderTable = {
  table: 'inspections',
  stages: 'inspection_stages stage where stage.of = t.id',
  answeredInTime: `not exists (select from inspection_tasks task where task.inspection = t.id
    and (task.answered_at is null or task.answered_at > t.deadline))`,
  signBy: null,
};

export function readEvaluations(
  db: Database,
  within: Within | undefined,
  filter: EvaluationFilter,
): Promise<EvaluationRow[]> {
  return selectEvaluations(db, 'evaluations', whereWithin(within), filter);
}

export function readEvaluationsOf(
  db: Database,
  divisions: readonly string[],
  filter: EvaluationFilter,
): Promise<EvaluationRow[]> {
  return selectEvaluations(db, 'evaluations_of', sql`division = any(${divisions}) and department is null`, filter);
}

function selectEvaluations(
  db: Database,
  name: string,
  where: Fragment,
  { months, scheme, department }: EvaluationFilter,
): Promise<EvaluationRow[]> {
  const conditions = [where, whereMonths('evaluations.month', months)];
  if (scheme) conditions.push(sql`scheme = ${scheme}`);
  if (department) conditions.push(sql`department = ${department}`);
  return runSql(
    db,
    name,
    sql`select ${raw(EVALUATION_COLUMNS)} from evaluations
      where ${allOf(conditions)} order by ${raw(EVALUATION_ORDER)}`,
  );
}

export function readInspectionsPage(db: Database, filter: InspectionFilter, now: Date): Page<InspectionRow> {
  const where = [whereWithin(filter.within), ...whereOrderStatus(filter, { hasSignBy: false }, now)];
  return readPage<InspectionRow>(db, {
    name: 'inspections',
    columns: INSPECTION_COLUMNS,
    from: 'inspections',
    where,
    order: { key: 'ISSUED_AT', expression: 'issued_at', direction: 'DESC', kind: 'instant' },
    first: filter.first ?? null,
    after: filter.after ?? null,
  });
}

export function readInspections(db: Database, ids: readonly string[]): Promise<InspectionRow[]> {
  return runSql(db, 'inspections', sql`select ${raw(INSPECTION_COLUMNS)} from inspections where id = any(${ids})`);
}

export function readTasks(db: Database, inspections: readonly string[]): Promise<TaskRow[]> {
  return runSql(
    db,
    'inspection_tasks',
    sql`select ${raw(TASK_COLUMNS)} from inspection_tasks where inspection = any(${inspections}) order by inspection, id`,
  );
}

export function readInspectionStages(db: Database, ids: readonly string[]): Promise<InspectionStageRow[]> {
  return runSql(
    db,
    'inspection_stages',
    sql`select of, action, at, null as department, reason, from_status as "from", to_status as "to"
      from inspection_stages where of = any(${ids}) order by of, seq`,
  );
}

export function readReportsPage(db: Database, filter: ReportFilter): Page<ReportRow> {
  const where = [whereWithin(filter.within)];
  if (filter.months) where.push(whereMonths('month', filter.months));
  if (!filter.history) where.push(raw('is_current'));
  return readPage<ReportRow>(db, {
    name: 'periodic_reports',
    columns: REPORT_COLUMNS,
    from: 'periodic_reports',
    where,
    order: { key: 'MONTH', expression: 'periodic_reports.month', direction: 'DESC', kind: 'text' },
    first: filter.first ?? null,
    after: filter.after ?? null,
  });
}

export function readReports(db: Database, ids: readonly string[]): Promise<ReportRow[]> {
  return runSql(
    db,
    'periodic_reports',
    sql`select ${raw(REPORT_COLUMNS)} from periodic_reports where id = any(${ids})`,
  );
}

function whereMonths(column: string, { from, to }: Months): Fragment {
  return sql`${raw(column)} >= ${from}::date and ${raw(column)} <= ${to}::date - interval '1 month'`;
}
