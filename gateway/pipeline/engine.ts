/**
 * The order of the steps, for one admitted operation:
 *
 *   plan → (route → fetch → gather)* → conform → respond
 *
 * What comes before (receive, identify, admit) and after (record) is composed in `http/` from the same model. A step knows
 * the model and itself; what it needs of another is handed to it here.
 */
import { COUNTRY, disclosure, EVERYWHERE } from '@yiwang/schema';
import type { GraphQLError, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { compileLeafScanner, compileLeafWriter, createTypeMismatchFinder } from '../conform/index.ts';
import {
  type CompiledPlan,
  type CoverageCollector,
  compilePlan,
  createCoverageCollector,
  createDeferredFetches,
  createNameHiders,
  createReferenceCache,
  createTypeTest,
  type ExecutionEngine,
  type FetchSteps,
  findPassthroughFetch,
  type Run,
} from '../execute/index.ts';
import type { PlatformClient } from '../fetch/index.ts';
import { compileGather, findIncompletePages, flattenFields, mergeContributions } from '../gather/index.ts';
import { createSigner } from '../kit/crypto/signer.ts';
import { defaultsOf, withAliases } from '../kit/graphql/variable-defaults.ts';
import { PublicError, withPath } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { PlanNode } from '../model/plan.ts';
import { createFailureListener, type OnPlatformFailure } from '../model/platform-failure.ts';
import type { PlanningSupergraph } from '../model/supergraph/planning-supergraph.ts';
import type { SubgraphLocation } from '../model/supergraph/supergraph-rules.ts';
import type { UpstreamOperation, UpstreamResult } from '../model/upstream.ts';
import type { Coverage, EngineResult, ValidatedOperation, View } from '../model/validated-operation.ts';
import {
  awaitPlan,
  createPlanCache,
  createPlanner,
  createPrepareOperation,
  type FrequentOperation,
  type PlanCache,
  type Planner,
  type PreparedOperation,
  type SlowPlan,
  warmPlans,
  withRepairedPlans,
} from '../plan/index.ts';
import {
  compileDeferredFragments,
  compileRawDataExtractor,
  compileSerializer,
  createResponseShape,
  type DeferredFragment,
  restoreKeys,
  restorePath,
  type Serializer,
} from '../respond/index.ts';
import { createUnservedDivisions, type Directory } from '../route/index.ts';
import type { Supergraph } from '../supergraph/index.ts';
import { deliverIncrementally } from './incremental-delivery.ts';
import { passThrough, serializeTree } from './serialize-response.ts';
import { createUpstreamExecutor } from './upstream.ts';

export interface EngineOptions {
  readonly supergraph: Supergraph;
  /** Asked once for each operation: what is loaded later is for those that begin later. */
  readonly directory: () => Directory;
  /** Carries the calls to platforms; it outlives the engine. */
  readonly platformClient: PlatformClient;
  /** Seals cursors; gateways that serve the same clients share it. */
  readonly cursorSecret: string;
  readonly limits: Limits;
  /** False leaves it to the platforms alone to keep callers to their rights: for the test that they do. */
  readonly prune?: boolean;
  readonly onPlannerFallback?: (reason: unknown) => void;
  /** Hears why no planner has a plan for an operation, which is refused. */
  readonly onUnplannable?: (reason: Error) => void;
  readonly onSlowPlan?: (plan: SlowPlan) => void;
  /** Told of each failure of a platform once for each operation. */
  readonly onPlatformFailure?: OnPlatformFailure | undefined;
  /** For each operation, what percentages of `@override` are compared with: from 0 up to 100. Default: at random. */
  readonly draw?: () => number;
  /** Where planners work: in processes of their own, or `here`, which is the default. */
  readonly planIn?: 'process' | 'here';
  readonly planner?: (supergraph: PlanningSupergraph) => Promise<Planner>;
  /** False: what `@defer` asks for is answered whole, too. Default: in parts, where the client takes them. */
  readonly incrementalDelivery?: boolean;
}

export interface Engine {
  execute(asked: ValidatedOperation): Promise<EngineResult>;
  /** Where the subgraphs are: at a plain address each, or with platforms that the directory must find. */
  readonly locations: readonly SubgraphLocation[];
  /** For a fetch of a gateway above, to which this one is a platform. */
  executeUpstream(asked: UpstreamOperation): Promise<UpstreamResult>;
  /** What was asked most, for another generation to plan before it serves. */
  usedOperations(): readonly FrequentOperation[];
  /** Plans operations before they are asked; gives their number. `viewOf` is undefined for one that is not valid any more. */
  warm(
    operations: readonly FrequentOperation[],
    viewOf: (operation: FrequentOperation) => View | undefined,
  ): Promise<number>;
  /** Lets go of the planner. */
  close(): void;
}

/** Throws where the supergraph is not valid, or asks for what is not followed here. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { platformClient } = options;
  const { rules, schema, planning, isStandard } = options.supergraph;
  const steps: FetchSteps = {
    findTypeMismatch: createTypeMismatchFinder(schema),
    cover: (served, region, run) => run.directory.cover(served, region),
    unserved: (served, region, run) => run.directory.unserved(served, region),
    call: (call, run) => platformClient.call(call, run),
    callRaw: (call, accept, run) => platformClient.callRaw(call, accept, run),
    gather: {
      compile: (node, parent, number) => compileGather(node, parent, rules, number),
      fieldsOf: (selections) => flattenFields(selections),
      merge: mergeContributions,
      findIncomplete: findIncompletePages,
    },
  };
  const engine: ExecutionEngine = {
    schema,
    rules,
    steps,
    signer: createSigner(options.cursorSecret),
    limits: options.limits,
    referenceCache: createReferenceCache(options.limits, () => performance.now()),
    isType: createTypeTest(schema),
    isStandard,
    nameHiderOf: createNameHiders(schema),
    disclosure,
  };
  const planner = withRepairedPlans(
    await (options.planner?.(planning) ?? createDefaultPlanner(planning, options)),
    planning,
  );
  const plans = preparePlans(planning, planner, engine, options);
  return {
    execute: (asked) => execute(asked, plans, options),
    locations: [...rules.locations.values()],
    executeUpstream: createUpstreamExecutor({
      engine,
      directory: options.directory,
      limits: options.limits,
      namesOf: unservedNames.list,
      onPlatformFailure: options.onPlatformFailure,
    }),
    usedOperations: () => plans.mostUsed(),
    warm: (operations, viewOf) =>
      warmPlans(operations, (operation) => {
        const view = viewOf(operation);
        if (!view) throw new Error('the operation is not valid any more');
        return plans.get({ ...operation, view }, operation.draw);
      }),
    close: () => planner.close(),
  };
}

function createDefaultPlanner(planning: PlanningSupergraph, options: EngineOptions): Promise<Planner> {
  const { onPlannerFallback, onSlowPlan, limits, planIn = 'here' } = options;
  return createPlanner(planning, { onFallback: onPlannerFallback, onSlowPlan, limits, runIn: planIn });
}

/** As the planners have it: a percentage is that of operations, not of callers. */
const drawAtRandom = (): number => 100 * Math.random();

const unservedNames = createUnservedDivisions();

/** What fetches and prints the answer of an operation whose conditions are decided. */
interface CompiledOperation {
  readonly plan: CompiledPlan;
  readonly print: Serializer;
  /** What is deferred; none where the answer is whole. */
  readonly parts: readonly DeferredFragment[];
  readonly root: GraphQLObjectType;
  readonly operation: OperationDefinitionNode;
  readonly schema: GraphQLSchema;
  readonly keys: PreparedOperation['keys'];
  /** Places of what its callers may not ask for. */
  readonly denied: PreparedOperation['denied'];
  readonly variables: PreparedOperation['variables'];
  /** Values of variables that the client left to the operation. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** A plan, and what runs it as it is, compiled where it is needed first. */
interface SharedPlan {
  readonly node: PlanNode | undefined;
  whole(): CompiledPlan;
}

function preparePlans(
  planning: PlanningSupergraph,
  planner: Planner,
  engine: ExecutionEngine,
  { limits, incrementalDelivery = true, onUnplannable }: EngineOptions,
): PlanCache<CompiledOperation> {
  // Errors may name a field by the key under which others require it.
  const requiredKeys = new Map([...planning.boundFields].map(([key, { name }]) => [key, name]));
  const finish = (prepared: PreparedOperation, { node, whole }: SharedPlan, { schema }: View): CompiledOperation => {
    const { operation, keys, labels, denied, hidden, variables } = prepared;
    // What the standard prescribes has to be looked at.
    const passable =
      !engine.isStandard && keys === undefined && labels.size === 0 ? findPassthroughFetch(node, operation) : undefined;
    const root = schema.getRootType(operation.operation);
    if (!root) throw new PublicError('GRAPHQL_VALIDATION_FAILED', `there is no ${operation.operation} type`);
    const shape = createResponseShape(operation, keys, schema, hidden);
    const accept = passable && compileRawDataExtractor(root, { schema, shape, leafScanner: compileLeafScanner });
    return {
      plan: accept ? compilePlan(passable, engine, accept) : whole(),
      print: compileSerializer(root, { schema, shape, leafWriter: compileLeafWriter }),
      parts:
        labels.size === 0
          ? []
          : compileDeferredFragments(operation, { schema, keys, labels, leafWriter: compileLeafWriter }),
      root,
      operation,
      schema,
      keys: requiredKeys.size === 0 ? keys : new Map([...requiredKeys, ...(keys ?? [])]),
      denied,
      defaults: defaultsOf(operation),
      variables,
    };
  };
  const compile = (node: PlanNode | undefined): SharedPlan => {
    let compiled: CompiledPlan | undefined;
    return {
      node,
      whole: () => {
        compiled ??= compilePlan(node, engine);
        return compiled;
      },
    };
  };
  return createPlanCache({
    limits,
    prepare: createPrepareOperation(planning, limits),
    overrides: planning.overrides,
    mayPlanParts: incrementalDelivery,
    onUnplannable,
    planner,
    compile,
    finish,
  });
}

async function execute(
  operation: ValidatedOperation,
  plans: PlanCache<CompiledOperation>,
  { supergraph, limits, directory, onPlatformFailure, prune = true, draw = drawAtRandom }: EngineOptions,
): Promise<EngineResult> {
  const dueAt = performance.now() + operation.deadlineMs;
  const denials = supergraph.access?.denialsOf(operation.rights);
  const cached = plans.get(operation, draw(), denials);
  const planned = cached instanceof Promise ? await awaitPlan(cached, operation.deadlineMs, operation.signal) : cached;
  const onFailure = createFailureListener(operation, onPlatformFailure);
  const collector = createCoverageCollector(limits, { namesOf: unservedNames.list, onFailure });
  if (planned.denied.length > 0) reportDenied(planned, collector);
  const run: Run = {
    asked: operation,
    directory: directory(),
    recipient: 'client',
    scope: prune ? operation.rights : { region: EVERYWHERE, division: COUNTRY },
    rawVariables: { ...planned.defaults, ...withAliases(operation.variables, planned.variables) },
    variables: withAliases(operation.coerced, planned.variables),
    tree: {},
    rawData: undefined,
    collector,
    ...(planned.parts.length > 0 ? { parts: createDeferredFetches() } : {}),
    dueAt,
    signal: operation.signal,
    spent: { calls: 0, bytes: 0, printedBytes: 0, printedRows: 0 },
  };
  await planned.plan.run(run);

  const data = run.rawData ? passThrough(run.rawData, limits) : await serializeTree(run, planned.print, limits);
  if (run.parts) {
    const { root, parts } = planned;
    const incremental = deliverIncrementally({ run, underWay: run.parts, root, parts, asked: planned, limits }, data);
    return restoreKeys(
      { data, errors: collector.errors, coverage: undefined, subsequentResults: incremental },
      planned,
    );
  }
  const coverage = collector.toCoverage({ all: operation.explainCoverage });
  const result = isIncomplete(coverage, operation.completeness)
    ? refuseIncomplete(coverage, operation.completeness, collector.errors)
    : { data, errors: collector.errors, coverage, withheld: collector.withheldGroups };
  return restoreKeys(result, planned);
}

/** What is denied is null, with an error. Throws the first of them for what would change something. */
function reportDenied(
  { denied, keys, operation }: CompiledOperation,
  collector: Pick<CoverageCollector, 'addError'>,
): void {
  for (const path of denied) {
    const place = restorePath(path, keys).join('.');
    const error = new PublicError('UNAUTHORIZED_FIELD_OR_TYPE', `You are not authorized to ask for "${place}".`, {
      path,
    });
    if (operation.operation === 'mutation') throw withPath(error, restorePath(path, keys));
    collector.addError(error);
  }
}

/** True if less is there than the client wants: all that it asked for, or a share of the platforms that were asked. */
function isIncomplete(coverage: Coverage | undefined, completeness: number): coverage is Coverage {
  if (coverage === undefined || completeness === 0) return false;
  if (completeness === 1) return !coverage.complete;
  return coverage.asked === 0 || coverage.answered / coverage.asked < completeness;
}

function refuseIncomplete(coverage: Coverage, completeness: number, errors: readonly GraphQLError[]): EngineResult {
  const { asked, answered, unserved = [] } = coverage;
  const wanted = completeness === 1 ? 'all that it asks for' : `a share of ${completeness}`;
  const nobody = unserved.length === 0 ? '' : `, no platform answers for ${listDivisions(unserved)}`;
  const message = `${answered} of ${asked} calls of platforms were answered${nobody}, and this request wants ${wanted}`;
  return { data: null, errors: [new PublicError('INCOMPLETE', message), ...errors], coverage };
}

/** The first few of them: coverage has the rest. */
function listDivisions(divisions: readonly string[]): string {
  const more = divisions.length - LISTED_DIVISIONS_MAX;
  return more <= 0 ? divisions.join(', ') : `${divisions.slice(0, LISTED_DIVISIONS_MAX).join(', ')} and ${more} more`;
}

const LISTED_DIVISIONS_MAX = 5;
