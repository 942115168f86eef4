/** Status and lateness as conditions on a table of orders, inspections or tasks. */
import { type Fragment, sql } from '@yiwang/platform';
import { answerOwed, signingOwed } from '@yiwang/schema/cases';

export interface OrderStatusFilter {
  /** `OVERDUE` is an older word for `overdue: true`. */
  readonly status?: string | null;
  readonly overdue?: boolean | null;
}

/** `columns` has the column `sign_by` beside `status` and `deadline`, or not. */
export interface OrderColumns {
  readonly hasSignBy: boolean;
}

/** The same rule as the standard's `isOrderOverdue`, which a test compares it with. */
export function overdueCondition({ hasSignBy }: OrderColumns, now: Date): Fragment {
  const answer = sql`(status = any (${answerOwed()}::text[]) and deadline < ${now}::timestamptz)`;
  if (!hasSignBy) return answer;
  return sql`(${answer} or (status = any (${signingOwed()}::text[]) and sign_by < ${now}::timestamptz))`;
}

export function whereOrderStatus({ status, overdue }: OrderStatusFilter, columns: OrderColumns, now: Date): Fragment[] {
  const conditions: Fragment[] = [];
  const late = overdueCondition(columns, now);
  if (status === 'OVERDUE') conditions.push(late);
  else if (status) conditions.push(sql`status = ${status}`);
  if (overdue === true) conditions.push(late);
  else if (overdue === false) conditions.push(sql`${late} is not true`);
  return conditions;
}
