/** A planner's child that stands by: taken once, and not kept for ever. */
import { afterEach, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { SHOP } from '../reference/worlds/shop.ts';
import type { ChildEvents } from './child.ts';
import type { RawPlan } from './planners.js';
import { createStandby, type Standby } from './standby.ts';
import { composeWorld } from './testing/compose-world.ts';

const SPEC = { kind: 'hive', supergraph: composeWorld(SHOP), plansWeighedMax: 100 } as const;
const DEAF: ChildEvents = { onPlan() {}, onFailure() {}, onLate() {}, onExit() {} };

let standby: Standby;
afterEach(() => standby.close());

test('a child that stands by is taken once, and tells whoever took it', async () => {
  standby = createStandby(SPEC, DEFAULT_LIMITS);
  expect(standby.take(DEAF)).toBeUndefined();
  standby.prepare();
  let tell = (_plan: RawPlan): void => {};
  const planned = new Promise<RawPlan>((resolve) => {
    tell = resolve;
  });
  const child = await standby.take({ ...DEAF, onPlan: (_id, plan) => tell(plan) });
  expect(standby.take(DEAF)).toBeUndefined();
  child?.hold(true);
  child?.ask({ id: 1, operation: '{ products { title } }', operationName: undefined, draw: 0 });
  expect(await planned).toMatchObject({ node: { kind: 'Fetch' } });
  child?.end();
});

test('a child that nobody takes ends after its idle time', async () => {
  standby = createStandby(SPEC, { ...DEFAULT_LIMITS, plannerIdleMs: 20 });
  standby.prepare();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(standby.take(DEAF)).toBeUndefined();
});
