/** What statistics of orders and of inspections count: what was issued in the period, as it stands at present. */

import type { Context } from '@yiwang/platform';
import { countTable, createStatisticsKind, type FactTable, type SelectionInfo } from '@yiwang/platform/statistics';
import { answerOwed, signingOwed } from '@yiwang/schema/cases';
import type { QueryOrderStatisticsArgs } from './generated/schema.ts';

/** A table of orders, and the text that selects the stages of its row `t` as `stage`; text from the code. */
export interface OrderTable {
  readonly table: string;
  readonly stages: string;
  /** True of a row without stages whose answer came in time. */
  readonly answeredInTime: string;
  /** An expression; null if the rows have no deadline for signing. */
  readonly signBy: string | null;
}

const ORDERS: OrderTable = {
  table: 'supervision_orders',
  stages: 'order_stages stage where stage.order_id = t.id',
  answeredInTime: `exists (select from order_answers word where word.order_id = t.id
    and (t.deadline is null or word.answered_at <= t.deadline))`,
  signBy: 't.sign_by',
};

const NAMES = [
  ...(['issued', 'acknowledged', 'answered', 'answeredOnTime', 'accepted', 'rejected', 'withdrawn'] as const),
  ...(['open', 'overdue'] as const),
] as const;
export type OrderFact = (typeof NAMES)[number];

const ORDER_STATISTICS = createStatisticsKind<OrderFact, 'acknowledging' | 'answeringOnTime' | 'accepting'>(NAMES, {
  acknowledging: { numerator: 'acknowledged', denominator: 'issued' },
  answeringOnTime: { numerator: 'answeredOnTime', denominator: 'issued' },
  accepting: { numerator: 'accepted', denominator: 'issued' },
});

export type OrderGroup = Awaited<ReturnType<typeof countOrders>>[number];

export function countOrders(
  args: QueryOrderStatisticsArgs,
  context: Omit<Context, 'loaders'>,
  info: SelectionInfo,
  table: OrderTable = ORDERS,
) {
  return countTable({ kind: ORDER_STATISTICS, table: factsOf(table, context.now), args, info }, context);
}

function factsOf({ table, stages, answeredInTime, signBy }: OrderTable, now: Date): FactTable<OrderFact> {
  const hasStage = (action: string, condition = 'true') =>
    `exists (select from ${stages} and stage.action = '${action}' and ${condition})`;
  const isIn = (...statuses: readonly string[]) =>
    `t.status in (${statuses.map((status) => `'${status}'`).join(', ')})`;
  const present = `'${now.toISOString()}'::timestamptz`;
  const answered = `(${isIn('ANSWERED', 'ACCEPTED', 'REJECTED')} or ${hasStage('ANSWER')})`;
  const lateToSign = signBy === null ? 'false' : `(${isIn(...signingOwed())} and ${signBy} < ${present})`;
  return {
    table,
    columns: { division: 't.division', issuer: 't.issued_by', month: 'span.month' },
    lifetime: { from: 't.issued_at', to: 't.issued_at' },
    facts: {
      issued: 'true',
      acknowledged: `(${isIn('ACKNOWLEDGED', 'HANDLING', 'ANSWERED', 'ACCEPTED', 'REJECTED')} or ${hasStage('SIGN')})`,
      answered,
      answeredOnTime: `${answered} and (${hasStage('ANSWER', '(t.deadline is null or stage.at <= t.deadline)')}
        or (not exists (select from ${stages}) and ${answeredInTime}))`,
      accepted: isIn('ACCEPTED'),
      rejected: isIn('REJECTED'),
      withdrawn: isIn('WITHDRAWN'),
      open: `not ${isIn('ACCEPTED', 'WITHDRAWN')}`,
      overdue: `((${isIn(...answerOwed())} and t.deadline < ${present}) or ${lateToSign})`,
    },
  };
}
