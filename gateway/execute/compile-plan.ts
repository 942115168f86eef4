/** A plan → steps that run: every fetch compiled once, in the order that the planner chose. */
import type { PlanNode, RootFetch } from '../model/plan.ts';
import type { RawDataExtractor } from '../model/platform/platform-answer.ts';
import type { SubgraphLocation } from '../model/supergraph/supergraph-rules.ts';
import { announceFetch, compileDefer } from './compile-defer.ts';
import type { ExecutionEngine, PlanStep } from './context.ts';
import { compileEntityFetch } from './entities/entity-fetch.ts';
import { compileGatheredFetch } from './gathered/gathered-fetch.ts';
import { compileNestedRootFetch } from './nested-root-fetch.ts';
import { compileSingleServerFetch } from './single/single-server-fetch.ts';
import { findSharedPaths, type SharedPaths } from './tree/prune.ts';

export interface CompiledPlan {
  /**
   * Fills the run's tree; what goes wrong is in its coverage. Deferred fetches may still be in flight then, in
   * `run.deferredFetches`.
   */
  readonly run: PlanStep;
}

/** `extractor`: lets the answer to a plan of a single root fetch, of one server, pass to the client unread. */
export function compilePlan(
  node: PlanNode | undefined,
  engine: ExecutionEngine,
  extractor?: RawDataExtractor,
): CompiledPlan {
  if (!node) return { run: async () => {} };
  const context = { engine, shared: findSharedPaths(node) };
  if (!extractor) return { run: compileNode(node, context) };
  if (node.kind !== 'root-fetch') throw new Error('only the answer to a single root fetch can go out unread');
  const location = locationOf(node.subgraph, engine);
  // Of many platforms each answers a part.
  if (isPartitioned(location)) return { run: compileNode(node, context) };
  return { run: compileSingleServerFetch(node, location, engine, { extractor }) };
}

interface PlanContext {
  readonly engine: ExecutionEngine;
  readonly shared: SharedPaths;
}

function compileNode(node: PlanNode, context: PlanContext): PlanStep {
  const { engine, shared } = context;
  switch (node.kind) {
    case 'sequence': {
      const steps = node.nodes.map((child) => compileNode(child, context));
      return async (run) => {
        for (const step of steps) await step(run);
      };
    }
    case 'parallel': {
      const steps = node.nodes.map((child) => compileNode(child, context));
      return async (run) => {
        await Promise.all(steps.map((step) => step(run)));
      };
    }
    case 'root-fetch':
      return announceFetch(node.id, compileRootFetch(node, context));
    case 'entity-fetch':
      return announceFetch(node.id, compileEntityFetch(node, locationOf(node.subgraph, engine), engine, shared));
    case 'defer':
      return compileDefer(node, (child) => compileNode(child, context));
  }
}

function compileRootFetch(fetch: RootFetch, { engine, shared }: PlanContext): PlanStep {
  const location = locationOf(fetch.subgraph, engine);
  const step = isPartitioned(location)
    ? compileGatheredFetch(fetch, location, engine)
    : compileSingleServerFetch(fetch, location, engine, { shared });
  return fetch.at ? compileNestedRootFetch(fetch.at, step, engine) : step;
}

function isPartitioned(location: SubgraphLocation): location is Extract<SubgraphLocation, { kind: 'directory' }> {
  return location.kind === 'directory' && location.partition !== 'none';
}

function locationOf(subgraph: string, engine: ExecutionEngine): SubgraphLocation {
  const location = engine.rules.locations.get(subgraph);
  if (!location) throw new Error(`the supergraph does not say where "${subgraph}" is`);
  return location;
}
