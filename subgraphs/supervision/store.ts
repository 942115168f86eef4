/** Keys → rows of supervision orders: with `order-status.ts`, the only file of the module that knows SQL. */
import { type Database, type Page, readPage, type Within, whereWithin } from '@yiwang/platform';
import { type OrderStatusFilter, whereOrderStatus } from './order-status.ts';

export interface OrderRow {
  readonly id: string;
  readonly division: string;
  readonly issuedBy: string;
  readonly tier: string;
  readonly subject: string;
  readonly status: string;
  readonly issuedAt: Date;
  readonly signBy: Date | null;
  readonly answerBy: Date | null;
  readonly caseId: string | null;
  readonly requestId: string | null;
}

export interface AnswerRow {
  readonly orderId: string;
  readonly at: Date;
  readonly department: string | null;
  readonly text: string;
}

export interface OrderStageRow {
  readonly orderId: string;
  readonly action: string;
  readonly at: Date;
  readonly department: string | null;
  readonly reason: string | null;
  readonly from: string | null;
  readonly to: string;
}

export interface OrderQuery extends OrderStatusFilter {
  readonly within?: Within;
  readonly first?: number | null;
  readonly after?: string | null;
}

const COLUMNS = `id, division, issued_by as "issuedBy", tier, subject, status, issued_at as "issuedAt", sign_by as "signBy",
  deadline as "answerBy", case_id as "caseId", request_id as "requestId"`;

/** The newest first. */
export function readOrders(db: Database, query: OrderQuery, now: Date): Page<OrderRow> {
  const { within, first = null, after = null } = query;
  const where = [whereWithin(within), ...whereOrderStatus(query, { hasSignBy: true }, now)];
  return readPage<OrderRow>(db, {
    name: 'supervision_orders',
    columns: COLUMNS,
    from: 'supervision_orders',
    where,
    order: { key: 'ISSUED_AT', expression: 'issued_at', direction: 'DESC', kind: 'instant' },
    first,
    after,
  });
}

export function readOrdersById(db: Database, ids: readonly string[]): Promise<OrderRow[]> {
  return db.query<OrderRow>(
    'supervision_orders_by_id',
    `select ${COLUMNS} from supervision_orders where id = any($1)`,
    [ids],
  );
}

export function readAnswers(db: Database, orderIds: readonly string[]): Promise<AnswerRow[]> {
  return db.query<AnswerRow>(
    'order_answers',
    `select order_id as "orderId", answered_at as at, department, content as text
     from order_answers where order_id = any($1) order by order_id, answered_at`,
    [orderIds],
  );
}

export function readOrderStages(db: Database, orderIds: readonly string[]): Promise<OrderStageRow[]> {
  return db.query<OrderStageRow>(
    'order_stages',
    `select order_id as "orderId", action, at, department, reason, from_status as "from", to_status as "to"
     from order_stages where order_id = any($1) order by order_id, seq`,
    [orderIds],
  );
}
