/** Operations that another generation was asked → planned before this one serves. */
import type { UsedOperation } from './cache.ts';

/**
 * Plans them in their order, a few at a time. `plan` may reject, or leave an operation out that is not valid any more: warmth is
 * a favour, and a plan that is missing is made when it is asked for. Gives the number of those planned.
 */
export async function warmPlans(
  operations: readonly UsedOperation[],
  plan: (operation: UsedOperation) => unknown,
): Promise<number> {
  const waiting = [...operations];
  let planned = 0;
  const work = async (): Promise<void> => {
    for (let operation = waiting.shift(); operation; operation = waiting.shift()) {
      try {
        await plan(operation);
        planned++;
      } catch {}
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE_MAX }, work));
  return planned;
}

/** As many as a planner plans at a time. */
const AT_ONCE_MAX = 4;
