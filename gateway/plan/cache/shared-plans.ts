/** Texts that planners are given → plans. Each plan is made once, and kept as long as an operation uses it. */
import type { Caller } from '../../model/caller.ts';
import type { PlanNode } from '../../model/plan.ts';
import { createQueuedPlanning, type PlannerInput, planKey, type QueuedPlanningOptions } from './queued-planning.ts';

export interface SharedPlans<Plan> {
  /**
   * Returns the plan; the caller releases it once. If it rejects there is nothing to release. Callers take turns while
   * they wait.
   */
  acquire(input: PlannerInput, caller?: Caller): Promise<Plan>;
  release(input: PlannerInput): void;
  /** Estimated memory. */
  readonly bytes: number;
}

export interface SharedPlansOptions<Plan> extends QueuedPlanningOptions {
  /** The node is undefined if nothing has to be fetched. */
  readonly compile: (node: PlanNode | undefined) => Plan;
}

interface SharedPlan<Plan> {
  readonly plan: Promise<Plan>;
  users: number;
  bytes: number;
}

/** Heap of a compiled plan, for each character of the plan as JSON. */
const PLAN_BYTES_PER_CHARACTER = 20;

export function createSharedPlans<Plan>(options: SharedPlansOptions<Plan>): SharedPlans<Plan> {
  const planInTurn = createQueuedPlanning(options);
  const plans = new Map<string, SharedPlan<Plan>>();
  let bytes = 0;

  const startPlan = (input: PlannerInput, caller: Caller | undefined): SharedPlan<Plan> => {
    const plan = planInTurn(input, caller).then((node) => {
      shared.bytes = PLAN_BYTES_PER_CHARACTER * (JSON.stringify(node ?? null).length + input.text.length);
      bytes += shared.bytes;
      return options.compile(node);
    });
    const shared: SharedPlan<Plan> = { plan, users: 0, bytes: 0 };
    plan.catch(() => remove(planKey(input), shared));
    return shared;
  };
  const remove = (key: string, shared: SharedPlan<Plan>): void => {
    plans.delete(key);
    bytes -= shared.bytes;
  };

  return {
    acquire(input, caller) {
      const key = planKey(input);
      let shared = plans.get(key);
      if (!shared) {
        shared = startPlan(input, caller);
        plans.set(key, shared);
      }
      shared.users++;
      return shared.plan;
    },
    release(input) {
      const key = planKey(input);
      const shared = plans.get(key);
      if (!shared) return;
      shared.users--;
      if (shared.users === 0) remove(key, shared);
    },
    get bytes() {
      return bytes;
    },
  };
}
