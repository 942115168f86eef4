/**
 * The flow of supervision orders, inspections and their tasks as a table, and when one of them is late: lateness follows
 * from state, deadlines and clock, and is never a state.
 */
import { once, readData } from '../standard/data-file.ts';
import { describeValue, StandardError } from '../standard/standard-error.ts';

/** In the order of the work. */
export const ORDER_STATUSES = [
  'ISSUED',
  'ACKNOWLEDGED',
  'HANDLING',
  'ANSWERED',
  'ACCEPTED',
  'REJECTED',
  'WITHDRAWN',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export interface OrderTransition {
  /** Null for the first: the issue. */
  readonly from: OrderStatus | null;
  readonly action: string;
  readonly actor: 'ISSUER' | 'ADDRESSEE';
  readonly to: OrderStatus;
  readonly reasonRequired: boolean;
  /** A further condition, in words. */
  readonly guard?: string;
}

interface OrdersFile {
  /** The states in which the addressee has not yet signed. */
  readonly signingOwed: readonly OrderStatus[];
  /** The states in which the addressee owes an answer. */
  readonly answerOwed: readonly OrderStatus[];
  readonly transitions: readonly OrderTransition[];
}

const file = once(() => readData<OrdersFile>('orders.json'));

export function orderTransitions(): readonly OrderTransition[] {
  return file().transitions;
}

/** Throws a `StandardError` with TRANSITION if the state does not allow the action. */
export function orderTransitionBy(state: OrderStatus | null, action: string): OrderTransition {
  const open = orderTransitions().filter(({ from }) => from === state);
  const match = open.find((transition) => transition.action === action);
  if (match !== undefined) return match;
  const expected = open.map((transition) => transition.action).join(', ') || 'nothing, the state is final,';
  throw new StandardError(
    'TRANSITION',
    `The action ${describeValue(action)} is not open to an order in ${describeValue(state)}; ${expected} was expected`,
  );
}

export function signingOwed(): readonly OrderStatus[] {
  return file().signingOwed;
}

export function answerOwed(): readonly OrderStatus[] {
  return file().answerOwed;
}

/** What decides whether an order is late. */
export interface OrderDue {
  readonly status: string;
  /** When it must be signed for; null or absent if no deadline was set. */
  readonly signBy?: Date | null;
  /** When it must be answered; null if no deadline was set. */
  readonly answerBy: Date | null;
}

/** True if the addressee owes the signature or the answer, and its deadline is over. */
export function isOrderOverdue({ status, signBy = null, answerBy }: OrderDue, now: Date): boolean {
  const owes = (states: readonly string[], by: Date | null) => by !== null && by < now && states.includes(status);
  return owes(signingOwed(), signBy) || owes(answerOwed(), answerBy);
}
