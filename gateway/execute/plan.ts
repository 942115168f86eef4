/** A plan → something that runs: every fetch compiled once, in the order that the planner chose. */
import type { AcceptData } from '../model/answer.ts';
import type { EntityFetch, PlanNode, RootFetch } from '../model/plan.ts';
import type { Home } from '../model/supergraph.ts';
import type { Engine, Run } from './context.ts';
import { announced, compileDefer } from './defer.ts';
import { compileEntities } from './entities.ts';
import { compilePlain } from './plain.ts';
import { type SharedPlaces, sharedPlacesOf } from './prune.ts';
import { compileReentry } from './reenter.ts';
import { compileRoot } from './root.ts';

export interface CompiledPlan {
  /** Fills the run's tree; what goes wrong on the way is on its ledger. What is deferred is under way then, on `run.parts`. */
  run(run: Run): Promise<void>;
}

/** `accept`: the answer to a single fetch of one server that it accepts goes to the client as it came. */
export function compilePlan(node: PlanNode | undefined, engine: Engine, accept?: AcceptData): CompiledPlan {
  if (!node) return { run: async () => {} };
  const compiling = { engine, shared: sharedPlacesOf(node) };
  if (!accept) return { run: compileNode(node, compiling) };
  if (node.kind !== 'root-fetch') throw new Error('only the answer to a single root fetch can go out as it came');
  const home = homeOf(node.subgraph, engine);
  // Of many platforms each answers a part.
  const isPlain = home.kind === 'address' || home.partition === 'none';
  return isPlain ? compilePlain(node, home, engine, { accept }) : { run: compileNode(node, compiling) };
}

type Step = (run: Run) => Promise<void>;

interface Compiling {
  readonly engine: Engine;
  readonly shared: SharedPlaces;
}

function compileNode(node: PlanNode, compiling: Compiling): Step {
  switch (node.kind) {
    case 'sequence': {
      const steps = node.nodes.map((child) => compileNode(child, compiling));
      return async (run) => {
        for (const step of steps) await step(run);
      };
    }
    case 'parallel': {
      const steps = node.nodes.map((child) => compileNode(child, compiling));
      return async (run) => {
        await Promise.all(steps.map((step) => step(run)));
      };
    }
    case 'root-fetch':
      return announced(node.id, compileRootFetch(node, compiling));
    case 'entity-fetch':
      return announced(node.id, compileEntityFetch(node, compiling));
    case 'defer':
      return compileDefer(node, (child) => compileNode(child, compiling));
  }
}

function compileRootFetch(fetch: RootFetch, { engine, shared }: Compiling): Step {
  const home = homeOf(fetch.subgraph, engine);
  const isPlain = home.kind === 'address' || home.partition === 'none';
  const program = isPlain ? compilePlain(fetch, home, engine, { shared }) : compileRoot(fetch, home, engine);
  const step: Step = (run) => program.run(run);
  return fetch.at ? compileReentry(fetch.at, step, engine) : step;
}

function compileEntityFetch(fetch: EntityFetch, { engine, shared }: Compiling): Step {
  const program = compileEntities(fetch, homeOf(fetch.subgraph, engine), engine, shared);
  return (run) => program.run(run);
}

function homeOf(subgraph: string, engine: Engine): Home {
  const home = engine.rules.homes.get(subgraph);
  if (!home) throw new Error(`the supergraph does not say where "${subgraph}" is`);
  return home;
}
