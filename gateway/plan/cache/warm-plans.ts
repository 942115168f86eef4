/** Plans the operations that an earlier schema version was asked most, before a new one serves. */
import type { FrequentOperation } from './plan-cache.ts';

/**
 * Plans a few operations at a time, in their order, and returns how many were planned. If `plan` throws, as it does for
 * an operation that is not valid any more, the operation is left out: a missing plan is made when it is needed.
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

/** A planner plans as many at a time. */
const CONCURRENT_PLANS_MAX = 4;
