/** Cases and their flow records. */
import {
  type Database,
  type Page,
  type PageOrder,
  raw,
  readPage,
  runSql,
  sql,
  type Within,
  whereWithin,
} from '@yiwang/platform';
import type { CountedTable } from '@yiwang/platform/statistics';
import { type CaseFilter, type SearchClearance, whereCases } from './case-filter.ts';

export interface CaseRow {
  readonly id: string;
  readonly division: string;
  readonly grid: string | null;
  readonly category: string;
  readonly conditionId: string | null;
  readonly source: string;
  readonly status: string;
  readonly flowState: string;
  readonly suspended: boolean;
  readonly suspendedUntil: Date | null;
  readonly description: string | null;
  readonly address: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly department: string | null;
  readonly component: string | null;
  readonly request: string | null;
  readonly reporterName: string | null;
  readonly reporterPhone: string | null;
  readonly limitAmount: number | null;
  readonly limitUnit: string | null;
  readonly reportedAt: Date;
  readonly verifiedAt: Date | null;
  readonly filedAt: Date | null;
  readonly filedOnTime: boolean | null;
  readonly dispatchedAt: Date | null;
  readonly handledAt: Date | null;
  readonly inspectedAt: Date | null;
  readonly dueAt: Date | null;
  readonly closedAt: Date | null;
  readonly voidedAt: Date | null;
  readonly transferredAt: Date | null;
  readonly onTime: boolean | null;
  readonly acceptDueAt: Date | null;
  readonly dispatchDueAt: Date | null;
  readonly handleDueAt: Date | null;
  readonly acceptSeconds: number | null;
  readonly dispatchSeconds: number | null;
  readonly handleSeconds: number | null;
  readonly totalSeconds: number | null;
  readonly pausedSeconds: number;
  readonly returnCount: number;
  readonly reworkCount: number;
  readonly extensionCount: number;
  readonly appeal: string | null;
}

export interface StageRow {
  /** Id of the case or request. */
  readonly of: string;
  readonly action: string;
  readonly at: Date;
  readonly actorName: string | null;
  readonly actorPhone: string | null;
  readonly post: string | null;
  readonly officer: string | null;
  readonly receiver: string | null;
  readonly department: string | null;
  readonly reason: string | null;
  readonly suspendedUntil: Date | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly dueAt: Date | null;
  readonly elapsedSeconds: number | null;
}

/** COMPONENT or EVENT, by the kind of the class. */
export const CASE_KIND = `case left(t.category, 1) when '1' then 'COMPONENT' when '2' then 'EVENT' end`;

/** Cases as hotspots count them: those reported. */
export const REPORTED_CASES: CountedTable = {
  table: 'cases',
  instant: 't.reported_at',
  columns: {
    division: 't.division',
    category: 't.category',
    source: 't.source',
    department: 't.department',
    grid: 't.grid',
    kind: CASE_KIND,
  },
};

const CASE_COLUMNS = `t.id, t.division, t.grid, t.category, t.condition_id as "conditionId", t.source, t.status,
  t.flow_state as "flowState", t.suspended, t.suspended_until as "suspendedUntil", t.description, t.address, t.longitude,
  t.latitude, t.department, t.component, t.request, t.reporter_name as "reporterName", t.reporter_phone as "reporterPhone",
  t.limit_amount as "limitAmount", t.limit_unit as "limitUnit", t.reported_at as "reportedAt", t.verified_at as "verifiedAt",
  t.filed_at as "filedAt", t.filed_on_time as "filedOnTime", t.dispatched_at as "dispatchedAt", t.handled_at as "handledAt",
  t.inspected_at as "inspectedAt", t.due_at as "dueAt", t.closed_at as "closedAt", t.voided_at as "voidedAt",
  t.on_time as "onTime", t.accept_due_at as "acceptDueAt", t.dispatch_due_at as "dispatchDueAt",
  t.handle_due_at as "handleDueAt", t.accept_seconds as "acceptSeconds", t.dispatch_seconds as "dispatchSeconds",
  t.handle_seconds as "handleSeconds", t.total_seconds as "totalSeconds", t.paused_seconds as "pausedSeconds",
  t.return_count as "returnCount", t.rework_count as "reworkCount", t.extension_count as "extensionCount",
  t.transferred_at as "transferredAt", t.appeal`;

const CASE_ORDERS: Readonly<Record<CaseOrderField, Pick<PageOrder, 'expression' | 'nullable'>>> = {
  REPORTED_AT: { expression: 't.reported_at' },
  FILED_AT: { expression: 't.filed_at', nullable: true },
  DUE_AT: { expression: 't.due_at', nullable: true },
  CLOSED_AT: { expression: 't.closed_at', nullable: true },
};

export type CaseOrderField = 'REPORTED_AT' | 'FILED_AT' | 'DUE_AT' | 'CLOSED_AT';

export interface CasePageQuery {
  readonly within?: Within;
  readonly filter?: CaseFilter | null;
  readonly orderBy?: { readonly field: CaseOrderField; readonly direction: 'ASC' | 'DESC' } | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

export function pageCases(
  db: Database,
  { within, filter, orderBy, first, after }: CasePageQuery,
  caller: { readonly clearance: SearchClearance; readonly now: Date },
): Page<CaseRow> {
  const { field, direction } = orderBy ?? { field: 'REPORTED_AT', direction: 'DESC' };
  return readPage<CaseRow>(db, {
    name: 'cases',
    columns: CASE_COLUMNS,
    from: 'cases t',
    where: [whereWithin(within, 't.division'), ...whereCases(filter, caller.clearance, caller.now)],
    order: { key: field, direction, kind: 'instant', ...CASE_ORDERS[field] },
    first: first ?? null,
    after: after ?? null,
    idColumn: 't.id',
    divisionColumn: 't.division',
  });
}

export function readCases(db: Database, ids: readonly string[]): Promise<CaseRow[]> {
  return runSql<CaseRow>(
    db,
    'cases_by_id',
    sql`select ${raw(CASE_COLUMNS)} from cases t where t.id = any (${ids}::text[])`,
  );
}

export function readCaseStages(db: Database, ids: readonly string[]): Promise<StageRow[]> {
  return runSql<StageRow>(
    db,
    'case_stages',
    sql`select case_id as of, action, at, actor_name as "actorName", actor_phone as "actorPhone", actor_post as post,
        officer, receiver, department, reason, suspended_until as "suspendedUntil", from_status as "from", to_status as "to", due_at as "dueAt", elapsed_seconds as "elapsedSeconds"
      from case_stages where case_id = any (${ids}::text[]) order by case_id, seq`,
  );
}
