/** The plans that took longest: a short list, slowest first. */
import type { Limits } from '../model/limits.ts';
import type { SlowPlan } from './port.ts';

export interface SlowPlans {
  note(plan: SlowPlan): void;
  list(): readonly SlowPlan[];
}

export function createSlowPlans({
  slowPlansMax,
  slowPlanTextMax,
}: Pick<Limits, 'slowPlansMax' | 'slowPlanTextMax'>): SlowPlans {
  const plans: SlowPlan[] = [];
  return {
    note(plan) {
      const fastest = plans.at(-1);
      if (plans.length >= slowPlansMax && (!fastest || fastest.tookMs >= plan.tookMs)) return;
      const at = plans.findIndex(({ tookMs }) => tookMs < plan.tookMs);
      const kept = { ...plan, operation: plan.operation.slice(0, slowPlanTextMax) };
      plans.splice(at < 0 ? plans.length : at, 0, kept);
      plans.length = Math.min(plans.length, slowPlansMax);
    },
    list: () => [...plans],
  };
}
