/** A supergraph → the engine that plans and executes operations on it. */
import { disclosure } from '@yiwang/schema';
import { createAnswerCheck, createContributionCheck, createTypeMismatchFinder } from '../../conform/index.ts';
import {
  createNameHiders,
  createReferenceCache,
  createTypeTest,
  type ExecutionEngine,
  type FetchSteps,
} from '../../execute/index.ts';
import type { PlatformClient } from '../../fetch/index.ts';
import { compileGather, findIncompletePages, flattenFields, mergeContributions } from '../../gather/index.ts';
import { createSigner } from '../../kit/crypto/signer.ts';
import type { Limits } from '../../model/limits.ts';
import { NO_ORGANISATIONS, type OrganisationDirectory } from '../../model/organisations/organisation-directory.ts';
import type { OnPlatformFailure } from '../../model/platform/platform-failure.ts';
import type { PlanningSupergraph } from '../../model/supergraph/planning-supergraph.ts';
import type { SubgraphLocation } from '../../model/supergraph/supergraph-rules.ts';
import type { View } from '../../model/validated-operation.ts';
import {
  createPlanCache,
  createPlanner,
  createPrepareOperation,
  type FrequentOperation,
  type Planner,
  type SlowPlan,
  warmPlans,
  withRepairedPlans,
} from '../../plan/index.ts';
import { createUnservedDivisions, type Directory } from '../../route/index.ts';
import type { Supergraph } from '../../supergraph/index.ts';
import { type Around, unwrapped } from '../stages.ts';
import type { Conformance } from './breach-collector.ts';
import { createOperationCompiler } from './compile-operation.ts';
import { createQueryEngine, type QueryEngine } from './query-engine.ts';
import { createUpstreamEngine, type UpstreamEngine } from './upstream-engine.ts';

export interface EngineOptions {
  readonly supergraph: Supergraph;
  /** Called once for each operation, so that one operation uses one directory. */
  readonly directory: () => Directory;
  /** Called once for each operation. Default: no organisation is known. */
  readonly organisations?: (() => OrganisationDirectory) | undefined;
  /** Calls platforms. It outlives the engine. */
  readonly platformClient: PlatformClient;
  /** Signs cursors. Gateways that serve the same clients share it. */
  readonly cursorSecret: string;
  readonly limits: Limits;
  /** False: platforms alone enforce rights, which a test wants. Default: true. */
  readonly prune?: boolean;
  readonly onPlannerFallback?: (reason: unknown) => void;
  /** Called with the reason if no planner has a plan for an operation, which is refused. */
  readonly onUnplannable?: (reason: Error) => void;
  readonly onSlowPlan?: (plan: SlowPlan) => void;
  /** Called once for each operation and failure of a platform. */
  readonly onPlatformFailure?: OnPlatformFailure | undefined;
  /**
   * Returns the number, from 0 up to 100, that an operation compares with percentages of `@override`. Default: random.
   */
  readonly draw?: () => number;
  /** Where planners run: in processes of their own, or `here`. Default: `here`. */
  readonly planIn?: 'process' | 'here';
  readonly planner?: (supergraph: PlanningSupergraph) => Promise<Planner>;
  /** False: every answer is whole, whatever it defers. Default: true. */
  readonly incrementalDelivery?: boolean;
  /** The rules of the standard for values on their way out. Undefined: types alone are checked. */
  readonly conformance?: Conformance | undefined;
  /** Wraps `route`, `fetch` and `gather`. Default: nothing. */
  readonly around?: Around | undefined;
}

export interface Engine {
  /** Executes operations of clients. */
  readonly query: QueryEngine;
  /** Executes fetches of upstream gateways, to which this one is a platform. */
  readonly upstream: UpstreamEngine;
  /** Location of each subgraph: a URL, or the platforms of the directory. */
  readonly locations: readonly SubgraphLocation[];
  /** The most frequent operations, which another schema version may plan before it serves. */
  frequentOperations(): readonly FrequentOperation[];
  /** Plans operations in advance and returns their number. `viewOf` is undefined for one that is not valid any more. */
  warm(
    operations: readonly FrequentOperation[],
    viewOf: (operation: FrequentOperation) => View | undefined,
  ): Promise<number>;
  /** Stops the planner. */
  close(): void;
}

const unservedDivisions = createUnservedDivisions();

/** Throws if no planner accepts the supergraph. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const {
    supergraph,
    limits,
    directory,
    organisations = () => NO_ORGANISATIONS,
    onUnplannable,
    onPlatformFailure,
    conformance,
  } = options;
  const { planning, access } = supergraph;
  const engine = createExecutionEngine(options);
  const planner = withRepairedPlans(await createDefaultPlanner(options), planning);
  const plans = createPlanCache({
    limits,
    prepare: createPrepareOperation(planning, limits),
    overrides: planning.overrides,
    groupFields: planning.groupFields,
    mayPlanParts: options.incrementalDelivery ?? true,
    onUnplannable,
    planner,
    ...createOperationCompiler(
      engine,
      planning,
      conformance && createAnswerCheck(conformance.compileCheck, engine.rules),
    ),
  });
  const shared = { limits, directory, organisations, namesOf: unservedDivisions.list, onPlatformFailure };
  const { prune = true, draw = drawAtRandom } = options;
  return {
    query: createQueryEngine({ ...shared, plans, access, prune, draw, conformance }),
    upstream: createUpstreamEngine({ ...shared, engine }),
    locations: [...engine.rules.locations.values()],
    frequentOperations: () => plans.mostUsed(),
    warm: (operations, viewOf) =>
      warmPlans(operations, (operation) => {
        const view = viewOf(operation);
        if (!view) throw new Error('the operation is not valid any more');
        return plans.get({ ...operation, view }, operation.draw);
      }),
    close: () => planner.close(),
  };
}

function createExecutionEngine({
  supergraph: { rules, schema, isStandard },
  platformClient,
  cursorSecret,
  limits,
  around = unwrapped,
  conformance,
}: EngineOptions): ExecutionEngine {
  const steps: FetchSteps = {
    cover: around('route', (address, region, run) => run.directory.cover(address, region)),
    unserved: (address, region, run) => run.directory.unserved(address, region),
    call: around('fetch', (call, run) => platformClient.call(call, run)),
    callRaw: around('fetch', (call, extractor, run) => platformClient.callRaw(call, extractor, run)),
    findTypeMismatch: createTypeMismatchFinder(schema),
    checkContribution: conformance && createContributionCheck({ ...conformance, rules }),
    gather: {
      compile: (node, parent, number) => compileGather(node, parent, rules, number),
      fieldsOf: flattenFields,
      merge: around('gather', mergeContributions),
      findIncomplete: findIncompletePages,
    },
  };
  return {
    schema,
    rules,
    steps,
    signer: createSigner(cursorSecret),
    limits,
    referenceCache: createReferenceCache(limits, () => performance.now()),
    isType: createTypeTest(schema),
    isStandard,
    nameHiderOf: createNameHiders(schema),
    disclosure,
  };
}

function createDefaultPlanner(options: EngineOptions): Promise<Planner> {
  const { supergraph, planner, onPlannerFallback, onSlowPlan, limits, planIn = 'here' } = options;
  const { planning } = supergraph;
  if (planner) return planner(planning);
  return createPlanner(planning, { onFallback: onPlannerFallback, onSlowPlan, limits, runIn: planIn });
}

/** A percentage of `@override` is one of operations, not of callers. */
const drawAtRandom = (): number => 100 * Math.random();
