/** Which planner plans what the first one does not. */
import { describe, expect, test } from '@jest/globals';
import { composeWorld } from '../../tests/reference/worlds/compose-world.ts';
import { MEDIA_AS_OBJECTS } from '../../tests/reference/worlds/media.ts';
import { SHOP } from '../../tests/reference/worlds/shop.ts';
import { readPlanningOf } from '../../tests/support/read-planning.ts';
import { UnplannableError } from '../planner.ts';
import { createPlanner } from './create-planner.ts';

describe('createPlanner', () => {
  test('the Rust planner plans, and onFallback is not called', async () => {
    const reasons: unknown[] = [];
    const planner = await createPlanner(readPlanningOf(composeWorld(SHOP)), {
      onFallback: (reason) => reasons.push(reason),
    });
    expect(await planner.plan('{ products { title stock } }', undefined)).toMatchObject({ kind: 'sequence' });
    expect([planner.name, reasons]).toEqual(['hive', []]);
  });

  test("an operation that the Rust planner does not plan is planned by Apollo's", async () => {
    const reasons: unknown[] = [];
    const planner = await createPlanner(readPlanningOf(composeWorld(SHOP)), {
      onFallback: (reason) => reasons.push(reason),
    });
    const operation = 'query { product(id: "1") { id brokenHard } bestsellers { packing id } }';
    expect(await planner.plan(operation, undefined)).toMatchObject({ kind: 'parallel' });
    expect(reasons).toHaveLength(1);
  });

  test.each([
    ['{ owners { name ... on Person { age } } }', 0],
    ['{ best { stars } }', 1],
    ['{ owners { name } feed { ... on Note { about { title } } } }', 1],
    ['{ feed { ... on Note { text } } }', 1],
  ])(
    "%s meets an interface object %i times, and Apollo's planner plans it if there is one",
    async (operation, times) => {
      const reasons: unknown[] = [];
      const planner = await createPlanner(readPlanningOf(composeWorld(MEDIA_AS_OBJECTS)), {
        onFallback: (reason) => reasons.push(reason),
      });
      await planner.plan(operation, undefined);
      expect([planner.name, reasons.length]).toEqual(['hive', times]);
    },
  );

  test('an operation that neither planner plans rejects with an UnplannableError', async () => {
    const planner = await createPlanner(readPlanningOf(composeWorld(SHOP)));
    await expect(planner.plan('{ nowhere }', undefined)).rejects.toBeInstanceOf(UnplannableError);
  });
});
