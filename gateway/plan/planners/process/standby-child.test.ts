/** A planner's child that stands by: taken once, and not kept for ever. */
import { afterEach, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../../model/limits.ts';
import { composeWorld } from '../../../tests/reference/worlds/compose-world.ts';
import { SHOP } from '../../../tests/reference/worlds/shop.ts';
import type { RawPlan } from '../load-planner.js';
import type { ChildListener } from './planner-child.ts';
import { createStandbyChild, type StandbyChild } from './standby-child.ts';

const SPEC = { kind: 'hive', supergraph: composeWorld(SHOP), plansWeighedMax: 100 } as const;
const DEAF: ChildListener = { onPlan() {}, onFailure() {}, onTimeout() {}, onExit() {} };

let standby: StandbyChild;
afterEach(() => standby.close());

test('a standby child is taken over once, and then calls the new listener', async () => {
  standby = createStandbyChild(SPEC, DEFAULT_LIMITS);
  expect(standby.takeOver(DEAF)).toBeUndefined();
  standby.start();
  let tell = (_plan: RawPlan): void => {};
  const planned = new Promise<RawPlan>((resolve) => {
    tell = resolve;
  });
  const child = await standby.takeOver({ ...DEAF, onPlan: (_id, plan) => tell(plan) });
  expect(standby.takeOver(DEAF)).toBeUndefined();
  child?.setReferenced(true);
  child?.plan({ id: 1, operation: '{ products { title } }', operationName: undefined, draw: 0 });
  expect(await planned).toMatchObject({ node: { kind: 'Fetch' } });
  child?.kill();
});

test('a standby child that nobody takes over ends after plannerIdleMs', async () => {
  standby = createStandbyChild(SPEC, { ...DEFAULT_LIMITS, plannerIdleMs: 20 });
  standby.start();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(standby.takeOver(DEAF)).toBeUndefined();
});
