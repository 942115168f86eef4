/** A plan → something that runs: every fetch compiled once, in the order that the planner chose. */
import type { AcceptData } from '../model/answer.ts';
import type { EntityFetch, PlanNode, RootFetch } from '../model/plan.ts';
import type { Home } from '../model/supergraph.ts';
import type { Engine, Run } from './context.ts';
import { announced, compileDefer } from './defer.ts';
import { compileEntities } from './entities.ts';
import { compilePlain } from './plain.ts';
import { compileReentry } from './reenter.ts';
import { compileRoot } from './root.ts';

export interface CompiledPlan {
  /** Fills the run's tree; what goes wrong on the way is on its ledger. What is deferred is under way then, on `run.parts`. */
  run(run: Run): Promise<void>;
}

/** `accept`: the answer to a single fetch of one server that it accepts goes to the client as it came. */
export function compilePlan(node: PlanNode | undefined, engine: Engine, accept?: AcceptData): CompiledPlan {
  if (!node) return { run: async () => {} };
  if (!accept) return { run: compileNode(node, engine) };
  if (node.kind !== 'root-fetch') throw new Error('only the answer to a single root fetch can go out as it came');
  const home = homeOf(node.subgraph, engine);
  // Of many platforms each answers a part.
  const isPlain = home.kind === 'address' || home.partition === 'none';
  return isPlain ? compilePlain(node, home, engine, accept) : { run: compileNode(node, engine) };
}

type Step = (run: Run) => Promise<void>;

function compileNode(node: PlanNode, engine: Engine): Step {
  switch (node.kind) {
    case 'sequence': {
      const steps = node.nodes.map((child) => compileNode(child, engine));
      return async (run) => {
        for (const step of steps) await step(run);
      };
    }
    case 'parallel': {
      const steps = node.nodes.map((child) => compileNode(child, engine));
      return async (run) => {
        await Promise.all(steps.map((step) => step(run)));
      };
    }
    case 'root-fetch':
      return announced(node.id, compileRootFetch(node, engine));
    case 'entity-fetch':
      return announced(node.id, compileEntityFetch(node, engine));
    case 'defer':
      return compileDefer(node, (child) => compileNode(child, engine));
  }
}

function compileRootFetch(fetch: RootFetch, engine: Engine): Step {
  const home = homeOf(fetch.subgraph, engine);
  const isPlain = home.kind === 'address' || home.partition === 'none';
  const program = isPlain ? compilePlain(fetch, home, engine) : compileRoot(fetch, home, engine);
  const step: Step = (run) => program.run(run);
  return fetch.at ? compileReentry(fetch.at, step, engine) : step;
}

function compileEntityFetch(fetch: EntityFetch, engine: Engine): Step {
  const program = compileEntities(fetch, homeOf(fetch.subgraph, engine), engine);
  return (run) => program.run(run);
}

function homeOf(subgraph: string, engine: Engine): Home {
  const home = engine.rules.homes.get(subgraph);
  if (!home) throw new Error(`the supergraph does not say where "${subgraph}" is`);
  return home;
}
