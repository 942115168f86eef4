/** A plan in parts → what runs it: the primary part is waited for, each deferred one is under way as soon as what it depends on is there. */
import type { DeferNode, PlanNode } from '../model/plan.ts';
import type { PlanStep } from './context.ts';

/** A fetch that others may wait for. */
export function announceFetch(id: string | undefined, step: PlanStep): PlanStep {
  if (id === undefined) return step;
  return async (run) => {
    try {
      await step(run);
    } finally {
      run.parts?.complete(id);
    }
  };
}

/** What stops before all of its fetches began leaves nobody waiting for the rest. */
function releaseOnError(node: PlanNode, compile: (node: PlanNode) => PlanStep): PlanStep {
  const step = compile(node);
  const ids = fetchIdsIn(node);
  if (ids.length === 0) return step;
  return async (run) => {
    try {
      await step(run);
    } catch (error) {
      for (const id of ids) run.parts?.complete(id);
      throw error;
    }
  };
}

/** Of its fetches, but for those of parts deferred within it. */
function fetchIdsIn(node: PlanNode): string[] {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return node.nodes.flatMap(fetchIdsIn);
    case 'root-fetch':
    case 'entity-fetch':
      return node.id === undefined ? [] : [node.id];
    case 'defer':
      return node.primary ? fetchIdsIn(node.primary) : [];
  }
}

export function compileDefer({ primary, deferred }: DeferNode, compile: (node: PlanNode) => PlanStep): PlanStep {
  const first = primary && releaseOnError(primary, compile);
  const parts = deferred.map(({ label, depends, node }) => ({
    label,
    depends,
    step: node && releaseOnError(node, compile),
  }));
  return async (run) => {
    const { parts: underWay } = run;
    if (!underWay) throw new Error('the plan is one of an answer in parts, and the run is not');
    for (const { label, depends, step } of parts) {
      if (!step) continue;
      const collector = run.collector.createPart();
      const done = underWay.waitFor(depends).then(() => step({ ...run, collector }));
      underWay.start(label, { collector, done });
    }
    await first?.(run);
  };
}
