/** A plan → something that runs: every fetch compiled once, in the order that the planner chose. */

import type { EntityFetch, PlanNode, RootFetch } from '../model/plan.ts';
import type { RawDataExtractor } from '../model/platform-answer.ts';
import type { SubgraphLocation } from '../model/supergraph.ts';
import { announceFetch, compileDefer } from './compile-defer.ts';
import type { ExecutionEngine, Run } from './context.ts';
import { compileEntityFetch } from './entities/entity-fetch.ts';
import { compileGatheredFetch } from './gathered/gathered-fetch.ts';
import { compileNestedRootFetch } from './nested-root-fetch.ts';
import { compileSingleServerFetch } from './single/single-server-fetch.ts';
import { findSharedPaths, type SharedPaths } from './tree/prune.ts';

export interface CompiledPlan {
  /** Fills the run's tree; what goes wrong on the way is on its ledger. What is deferred is under way then, on `run.parts`. */
  run(run: Run): Promise<void>;
}

/** `accept`: the answer to a single fetch of one server that it accepts goes to the client as it came. */
export function compilePlan(
  node: PlanNode | undefined,
  engine: ExecutionEngine,
  accept?: RawDataExtractor,
): CompiledPlan {
  if (!node) return { run: async () => {} };
  const context = { engine, shared: findSharedPaths(node) };
  if (!accept) return { run: compileNode(node, context) };
  if (node.kind !== 'root-fetch') throw new Error('only the answer to a single root fetch can go out as it came');
  const location = locationOf(node.subgraph, engine);
  // Of many platforms each answers a part.
  const isSingleServer = location.kind === 'address' || location.partition === 'none';
  return isSingleServer
    ? compileSingleServerFetch(node, location, engine, { accept })
    : { run: compileNode(node, context) };
}

type PlanStep = (run: Run) => Promise<void>;

interface PlanContext {
  readonly engine: ExecutionEngine;
  readonly shared: SharedPaths;
}

function compileNode(node: PlanNode, context: PlanContext): PlanStep {
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
      return announceFetch(node.id, compileRootNode(node, context));
    case 'entity-fetch':
      return announceFetch(node.id, compileEntityNode(node, context));
    case 'defer':
      return compileDefer(node, (child) => compileNode(child, context));
  }
}

function compileRootNode(fetch: RootFetch, { engine, shared }: PlanContext): PlanStep {
  const location = locationOf(fetch.subgraph, engine);
  const isSingleServer = location.kind === 'address' || location.partition === 'none';
  const program = isSingleServer
    ? compileSingleServerFetch(fetch, location, engine, { shared })
    : compileGatheredFetch(fetch, location, engine);
  const step: PlanStep = (run) => program.run(run);
  return fetch.at ? compileNestedRootFetch(fetch.at, step, engine) : step;
}

function compileEntityNode(fetch: EntityFetch, { engine, shared }: PlanContext): PlanStep {
  const program = compileEntityFetch(fetch, locationOf(fetch.subgraph, engine), engine, shared);
  return (run) => program.run(run);
}

function locationOf(subgraph: string, engine: ExecutionEngine): SubgraphLocation {
  const home = engine.rules.locations.get(subgraph);
  if (!home) throw new Error(`the supergraph does not say where "${subgraph}" is`);
  return home;
}
