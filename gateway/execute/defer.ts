/** A plan in parts → what runs it: the primary part is waited for, each deferred one is under way as soon as what it depends on is there. */
import type { DeferNode, PlanNode } from '../model/plan.ts';
import type { Run } from './context.ts';

type Step = (run: Run) => Promise<void>;

/** A fetch that others may wait for. */
export function announced(id: string | undefined, step: Step): Step {
  if (id === undefined) return step;
  return async (run) => {
    try {
      await step(run);
    } finally {
      run.parts?.fetched(id);
    }
  };
}

export function compileDefer({ primary, deferred }: DeferNode, compile: (node: PlanNode) => Step): Step {
  const first = primary && compile(primary);
  const parts = deferred.map(({ label, depends, node }) => ({ label, depends, step: node && compile(node) }));
  return async (run) => {
    const { parts: underWay } = run;
    if (!underWay) throw new Error('the plan is one of an answer in parts, and the run is not');
    for (const { label, depends, step } of parts) {
      if (!step) continue;
      const ledger = run.ledger.part();
      const done = underWay.after(depends).then(() => step({ ...run, ledger }));
      underWay.start(label, { ledger, done });
    }
    await first?.(run);
  };
}
