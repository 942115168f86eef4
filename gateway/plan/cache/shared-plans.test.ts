/** Who waits for a plan, and for how long. */
import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createCancelController } from '../../kit/concurrency/cancel-controller.ts';
import type { Caller } from '../../model/caller.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import { awaitPlan } from './await-plan.ts';
import { createSharedPlans } from './shared-plans.ts';

/** A planner that plans when the test says so. */
function start(limits: Partial<Limits>) {
  const plannerCalls: { text: string; plan: () => void }[] = [];
  const plans = createSharedPlans({
    limits: { ...DEFAULT_LIMITS, ...limits },
    planner: {
      plan: (text) => new Promise((resolve) => plannerCalls.push({ text, plan: () => resolve(undefined) })),
    },
    compile: () => 'plan',
  });
  const take = (text: string, caller: Caller) => plans.acquire({ text, operationName: undefined, draw: 0 }, caller);
  return { plannerCalls, take };
}

const anonymous: Caller = { kind: 'anonymous', key: '10.0.0.1' };
const calm: Caller = { kind: 'verified', key: 'calm' };

test('a caller with one operation is planned next, however many operations of others wait', async () => {
  const { plannerCalls, take } = start({ plansAtOnceMax: 1 });
  const flood = Array.from({ length: 120 }, (_, i) => take(`{ a${i} }`, { ...anonymous, key: `10.0.0.${i % 7}` }));
  const own = take('{ mine }', calm);
  for (let done = 0; done < 121; done++) {
    await setImmediate();
    plannerCalls[done]!.plan();
  }
  await Promise.all([...flood, own]);
  expect(plannerCalls.findIndex(({ text }) => text === '{ mine }')).toBeLessThanOrEqual(2);
});

test('plansAtOnceMax bounds the operations that planners have at one time', async () => {
  const { plannerCalls, take } = start({ plansAtOnceMax: 3 });
  const acquired = Array.from({ length: 4 }, (_, i) => take(`{ a${i} }`, calm));
  await setImmediate();
  expect(plannerCalls).toHaveLength(3);
  plannerCalls[0]!.plan();
  await acquired[0];
  await setImmediate();
  expect(plannerCalls).toHaveLength(4);
});

test('operations beyond plansWaitingMax are refused, unless their caller has none waiting', async () => {
  const { take } = start({ plansAtOnceMax: 1, plansWaitingMax: 2 });
  for (let i = 0; i < 3; i++) void take(`{ a${i} }`, anonymous);
  await expect(take('{ b }', anonymous)).rejects.toMatchObject({
    code: 'OVERLOADED',
    extensions: { limit: 'plansWaitingMax', max: 2 },
  });
  const own = take('{ mine }', calm);
  expect(
    await Promise.race([
      own.then(
        () => 'planned',
        () => 'refused',
      ),
      setImmediate('waits'),
    ]),
  ).toBe('waits');
});

test('an operation waits for its plan until its deadline or its abort', async () => {
  const controller = createCancelController();
  const { signal } = controller;
  const never = new Promise<never>(() => undefined);
  expect(await awaitPlan(Promise.resolve('plan'), 1_000, signal)).toBe('plan');
  await expect(awaitPlan(Promise.reject(new Error('no')), 1_000, signal)).rejects.toThrow('no');
  const refused = { code: 'OVERLOADED', extensions: { limit: 'operationDeadlineMs' } };
  await expect(awaitPlan(never, 5, signal)).rejects.toMatchObject(refused);
  const waiting = awaitPlan(never, 60_000, signal);
  controller.abort();
  await expect(waiting).rejects.toMatchObject(refused);
});
