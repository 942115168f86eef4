/** The flow of orders: what may follow what, and what is late. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  answerOwed,
  isOrderOverdue,
  ORDER_STATUSES,
  type OrderStatus,
  orderTransitionBy,
  orderTransitions,
  signingOwed,
} from './orders.ts';

const NOW = new Date('2026-11-01T00:00:00+08:00');
const day = fc.option(fc.integer({ min: -400, max: 400 }).map((days) => new Date(NOW.getTime() + days * 86_400_000)));

describe('the flow of orders', () => {
  test('an order has one way out of a state by each action, and only states of the standard', () => {
    const keys = orderTransitions().map(({ from, action }) => `${from} ${action}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(orderTransitions().map(({ to }) => to))).toEqual(new Set(ORDER_STATUSES));
  });

  test('an order ends accepted or withdrawn, and may be withdrawn until it is accepted', () => {
    const from = (status: OrderStatus) => orderTransitions().filter((row) => row.from === status);
    expect(ORDER_STATUSES.filter((status) => from(status).length === 0)).toEqual(['ACCEPTED', 'WITHDRAWN']);
    for (const status of ORDER_STATUSES) {
      const isFinal = from(status).length === 0;
      expect(from(status).some(({ action }) => action === 'WITHDRAW')).toBe(!isFinal);
    }
  });

  test('an order is signed, worked on, answered, rejected, answered again and accepted', () => {
    const actions = ['ISSUE', 'SIGN', 'REPORT_PROGRESS', 'ANSWER', 'REJECT', 'REPORT_PROGRESS', 'ANSWER', 'ACCEPT'];
    let state: OrderStatus | null = null;
    const states = actions.map((action) => {
      state = orderTransitionBy(state, action).to;
      return state;
    });
    expect(states.join(' ')).toBe('ISSUED ACKNOWLEDGED HANDLING ANSWERED REJECTED HANDLING ANSWERED ACCEPTED');
  });

  test('an order refuses what is not open, and says what is', () => {
    expect(() => orderTransitionBy('ISSUED', 'ACCEPT')).toThrow(
      'The action "ACCEPT" is not open to an order in "ISSUED"; URGE, SIGN, WITHDRAW was expected',
    );
    expect(() => orderTransitionBy('ACCEPTED', 'WITHDRAW')).toThrow(
      expect.objectContaining({ reason: 'TRANSITION', message: expect.stringContaining('the state is final') }),
    );
  });

  test('an order asks a reason for rejection and withdrawal, and for nothing else', () => {
    for (const { action, reasonRequired } of orderTransitions()) {
      expect(`${action} ${reasonRequired}`).toBe(`${action} ${['REJECT', 'WITHDRAW'].includes(action)}`);
    }
  });
});

describe('lateness', () => {
  test('an order is owed an answer exactly in the states from which ANSWER can still be reached', () => {
    const answerable = (status: OrderStatus, seen: readonly OrderStatus[] = []): boolean =>
      orderTransitions().some(
        ({ from, action, actor, to }) =>
          from === status &&
          actor === 'ADDRESSEE' &&
          (action === 'ANSWER' || (!seen.includes(to) && answerable(to, [...seen, status]))),
      );
    expect(ORDER_STATUSES.filter((status) => answerable(status))).toEqual(answerOwed());
    expect(orderTransitions().flatMap(({ from, action }) => (action === 'SIGN' ? [from] : []))).toEqual(signingOwed());
  });

  test('an order is late if and only if something is owed whose deadline is over', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ORDER_STATUSES), day, day, (status, signBy, answerBy) => {
        const isOpen = !['ANSWERED', 'ACCEPTED', 'WITHDRAWN'].includes(status);
        const lateAnswer = isOpen && answerBy !== null && answerBy < NOW;
        const lateSignature = status === 'ISSUED' && signBy !== null && signBy < NOW;
        expect(isOrderOverdue({ status, signBy, answerBy }, NOW)).toBe(lateAnswer || lateSignature);
      }),
    );
  });

  test('an order is not late in the instant of its deadline', () => {
    expect(isOrderOverdue({ status: 'HANDLING', answerBy: NOW }, NOW)).toBe(false);
    expect(isOrderOverdue({ status: 'HANDLING', answerBy: NOW }, new Date(NOW.getTime() + 1))).toBe(true);
  });
});
