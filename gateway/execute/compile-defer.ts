/**
 * A plan with deferred parts → its step: waits for the primary part, and starts each deferred part once its
 * dependencies are over.
 */
import type { DeferNode, PlanNode } from '../model/plan.ts';
import type { PlanStep } from './context.ts';

/** Tells deferred parts that the fetch is over, whether or not it succeeded. */
export function announceFetch(id: string | undefined, step: PlanStep): PlanStep {
  if (id === undefined) return step;
  return async (run) => {
    try {
      await step(run);
    } finally {
      run.deferredFetches?.complete(id);
    }
  };
}

/** A step that fails before all of its fetches began leaves no deferred part waiting for the others. */
function releaseOnError(node: PlanNode, compile: (node: PlanNode) => PlanStep): PlanStep {
  const step = compile(node);
  const ids = fetchIdsIn(node);
  if (ids.length === 0) return step;
  return async (run) => {
    try {
      await step(run);
    } catch (error) {
      for (const id of ids) run.deferredFetches?.complete(id);
      throw error;
    }
  };
}

/** The ids of its fetches, without those of parts deferred within it. */
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
    const { deferredFetches } = run;
    if (!deferredFetches) throw new Error('the plan has deferred parts, and the run has none');
    for (const { label, depends, step } of parts) {
      if (!step) continue;
      const collector = run.collector.createPart();
      const done = deferredFetches.waitFor(depends).then(() => step({ ...run, collector }));
      deferredFetches.start(label, { collector, done });
    }
    await first?.(run);
  };
}
