/** Requests to the 12345 hotline and their flow records. */
import {
  type ClearanceClaims,
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
import { type RequestFilter, whereRequests } from './request-filter.ts';

export interface RequestRow {
  readonly id: string;
  readonly division: string;
  readonly kind: string;
  readonly channel: string | null;
  readonly category: string;
  readonly status: string;
  readonly title: string;
  readonly content: string | null;
  readonly grid: string | null;
  readonly address: string | null;
  readonly requesterName: string | null;
  readonly requesterPhone: string | null;
  readonly receivedAt: Date;
  readonly dispatchedAt: Date | null;
  readonly dueAt: Date | null;
  readonly answeredAt: Date | null;
  readonly calledBackAt: Date | null;
  readonly closedAt: Date | null;
  readonly firstReceiver: string | null;
  readonly handler: string | null;
  readonly returnCount: number;
  readonly validCallback: boolean | null;
  readonly responded: boolean | null;
  readonly resolved: boolean | null;
  readonly satisfied: string | null;
  readonly caseId: string | null;
  readonly flowState: string | null;
  readonly urgent: boolean;
  readonly signDueAt: Date | null;
  readonly signedAt: Date | null;
  readonly contactedAt: Date | null;
  readonly answeredAtOnce: boolean;
  readonly secondHandledAt: Date | null;
  readonly returnRuling: string | null;
  readonly extensionCount: number;
  readonly excluded: boolean;
}

export interface RequestStageRow {
  /** Id of the request. */
  readonly of: string;
  readonly action: string;
  readonly at: Date;
  readonly actorName: string | null;
  readonly actorPhone: string | null;
  readonly post: string | null;
  readonly officer: string | null;
  readonly receiver: null;
  readonly department: string | null;
  readonly reason: string | null;
  readonly suspendedUntil: null;
  readonly from: string | null;
  readonly to: string | null;
  readonly dueAt: Date | null;
  readonly elapsedSeconds: number | null;
  readonly validCallback: boolean | null;
  readonly responded: boolean | null;
  readonly resolved: boolean | null;
  readonly satisfied: string | null;
}

/** Requests as hotspots count them: those received. */
export const RECEIVED_REQUESTS: CountedTable = {
  table: 'requests',
  instant: 't.received_at',
  columns: { division: 't.division', category: 't.category', department: 't.handler', grid: 't.grid', kind: 't.kind' },
};

const REQUEST_COLUMNS = `t.id, t.division, t.kind, t.channel, t.category, t.status, t.title, t.content, t.grid, t.address,
  t.requester_name as "requesterName", t.requester_phone as "requesterPhone", t.received_at as "receivedAt",
  t.dispatched_at as "dispatchedAt", t.due_at as "dueAt", t.answered_at as "answeredAt", t.called_back_at as "calledBackAt",
  t.closed_at as "closedAt", t.first_receiver as "firstReceiver", t.handler, t.return_count as "returnCount",
  t.valid_callback as "validCallback", t.responded, t.resolved, t.satisfied, t.case_id as "caseId",
  t.flow_state as "flowState", t.urgent, t.sign_due_at as "signDueAt", t.signed_at as "signedAt",
  t.contacted_at as "contactedAt", t.answered_at_once as "answeredAtOnce", t.second_handled_at as "secondHandledAt",
  t.return_ruling as "returnRuling", t.extension_count as "extensionCount", t.excluded`;

const REQUEST_ORDERS: Readonly<Record<RequestOrderField, Pick<PageOrder, 'expression' | 'nullable'>>> = {
  RECEIVED_AT: { expression: 't.received_at' },
  DUE_AT: { expression: 't.due_at', nullable: true },
};

export type RequestOrderField = 'RECEIVED_AT' | 'DUE_AT';

export interface RequestPageQuery {
  readonly within?: Within;
  readonly filter?: RequestFilter | null;
  readonly orderBy?: { readonly field: RequestOrderField; readonly direction: 'ASC' | 'DESC' } | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

export function pageRequests(
  db: Database,
  { within, filter, orderBy, first, after }: RequestPageQuery,
  caller: { readonly clearance: ClearanceClaims; readonly now: Date },
): Page<RequestRow> {
  const { field, direction } = orderBy ?? { field: 'RECEIVED_AT', direction: 'DESC' };
  return readPage<RequestRow>(db, {
    name: 'requests',
    columns: REQUEST_COLUMNS,
    from: 'requests t',
    where: [whereWithin(within, 't.division'), ...whereRequests(filter, caller.clearance, caller.now)],
    order: { key: field, direction, kind: 'instant', ...REQUEST_ORDERS[field] },
    first: first ?? null,
    after: after ?? null,
    idColumn: 't.id',
    divisionColumn: 't.division',
  });
}

export function readRequests(db: Database, ids: readonly string[]): Promise<RequestRow[]> {
  return runSql<RequestRow>(
    db,
    'requests_by_id',
    sql`select ${raw(REQUEST_COLUMNS)} from requests t where t.id = any (${ids}::text[])`,
  );
}

export function readRequestStages(db: Database, ids: readonly string[]): Promise<RequestStageRow[]> {
  return runSql<RequestStageRow>(
    db,
    'request_stages',
    sql`select request_id as of, action, at, actor_name as "actorName", actor_phone as "actorPhone", actor_post as post,
        officer, null as receiver, department, reason, null as "suspendedUntil", null as "from", null as "to",
        due_at as "dueAt", elapsed_seconds as "elapsedSeconds", valid_callback as "validCallback", responded, resolved,
        satisfied
      from request_stages where request_id = any (${ids}::text[]) order by request_id, seq`,
  );
}
