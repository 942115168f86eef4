/** Operations that another generation was asked → planned before this one serves. */
import type { FrequentOperation } from './plan-cache.ts';

/**
 * Plans them in their order, a few at a time. `plan` may reject, or leave an operation out that is not valid any more: warmth is
 * a favour, and a plan that is missing is made when it is asked for. Gives the number of those planned.
 */
export async function warmPlans(
  operations: readonly FrequentOperation[],
  plan: (operation: FrequentOperation) => unknown,
): Promise<number> {
  const queue = [...operations];
  let plannedCount = 0;
  const planNext = async (): Promise<void> => {
    for (let operation = queue.shift(); operation; operation = queue.shift()) {
      try {
        await plan(operation);
        plannedCount++;
      } catch {}
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_PLANS_MAX }, planNext));
  return plannedCount;
}

/** As many as a planner plans at a time. */
const CONCURRENT_PLANS_MAX = 4;
