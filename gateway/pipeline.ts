/**
 * The order of the steps, for one admitted operation:
 *
 *   plan → (route → fetch → gather)* → conform → respond
 *
 * What comes before (receive, identify, admit) and after (record) is composed in `http/` from the same model. A step knows
 * the model and itself; what it needs of another is handed to it here.
 */
import { COUNTRY, disclosure, EVERYWHERE, type PassportClaims } from '@yiwang/schema';
import { GraphQLError, getOperationAST, getVariableValues, parse, print, valueFromASTUntyped } from 'graphql';
import { conformLeaf } from './conform/index.ts';
import {
  type CompiledPlan,
  compilePlan,
  createCover,
  createLedger,
  createSupergraphSchema,
  createTypeTest,
  type Engine as ExecutionEngine,
  type Run,
  type Steps,
} from './execute/index.ts';
import { createCourier } from './fetch/index.ts';
import { compileGather, fieldsOf, mergeContributions } from './gather/index.ts';
import { createSealer } from './kit/seal.ts';
import { PublicError } from './model/errors.ts';
import type { Limits } from './model/limits.ts';
import type { Network } from './model/network.ts';
import type { Answered, Asked } from './model/request.ts';
import { readSupergraphRules } from './model/supergraph.ts';
import {
  type Cache,
  createCache,
  createPlanner,
  createPrepare,
  decisionsOf,
  type Planner,
  type Prepare,
  type Prepared,
} from './plan/index.ts';
import { createShape, project, restoreKeys } from './respond/index.ts';
import { createDirectory, createUnservedNames } from './route/index.ts';

export interface EngineOptions {
  /** SDL of the composed supergraph. */
  readonly supergraph: string;
  /** Undefined for a supergraph whose subgraphs have plain addresses. */
  readonly network: Network | undefined;
  readonly signPassport: (claims: PassportClaims) => Promise<string>;
  /** Seals cursors; gateways that serve the same clients share it. */
  readonly cursorSecret: string;
  readonly limits: Limits;
  /** False for a supergraph that does not follow the standard: scalars are what its own platforms make of them. */
  readonly standard: boolean;
  /** False leaves it to the platforms alone to keep callers to their rights: for the test that they do. */
  readonly prune?: boolean;
  readonly onPlannerFallback?: (reason: unknown) => void;
  readonly planner?: (supergraph: string) => Promise<Planner>;
}

export interface Engine {
  execute(asked: Asked): Promise<Answered>;
  close(): Promise<void>;
}

/** Throws where the supergraph, or the network, is not valid. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const document = parse(options.supergraph, { noLocation: true });
  const directory = createDirectory(options.network ?? { platforms: [] });
  const courier = createCourier({ signPassport: options.signPassport, limits: options.limits });
  const rules = readSupergraphRules(document);
  const schema = createSupergraphSchema(document, { standard: options.standard });
  const steps: Steps = {
    cover: (served, region) => directory.cover(served, region),
    call: (call, run) => courier.call(call, run),
    callPrinted: (call, run) => courier.callPrinted(call, run),
    gather: {
      compile: (node, parent, number) => compileGather(node, parent, rules, number),
      fieldsOf: (selections) => fieldsOf(selections),
      merge: mergeContributions,
    },
  };
  const engine: ExecutionEngine = {
    schema,
    rules,
    steps,
    cover: createCover(steps.cover, options.limits.coverCacheMax),
    sealer: createSealer(options.cursorSecret),
    limits: options.limits,
    isType: createTypeTest(schema),
    smallCount: disclosure.smallCount,
  };
  const planner = await (options.planner ?? ((sdl) => createDefaultPlanner(sdl, options)))(options.supergraph);
  const plans = createCache<Planned>(options.limits.planCacheMax);
  const planOf = createPlanOf(createPrepare(document), planner, plans, engine);
  return {
    execute: (asked) => execute(asked, planOf, options),
    close: () => courier.close(),
  };
}

function createDefaultPlanner(supergraph: string, { onPlannerFallback, limits }: EngineOptions): Promise<Planner> {
  return createPlanner(supergraph, { onFallback: onPlannerFallback, plansWeighedMax: limits.plansWeighedMax });
}

const unservedNames = createUnservedNames();

/** An operation with its conditions decided, and what fetches and shapes its answer. */
interface Planned extends Prepared {
  readonly plan: CompiledPlan;
  readonly shape: ReturnType<typeof createShape>;
}

function createPlanOf(prepare: Prepare, planner: Planner, plans: Cache<Planned>, engine: ExecutionEngine) {
  return ({ document, operationName, view }: Asked, variables: Readonly<Record<string, unknown>>): Promise<Planned> => {
    const key = [view.name, operationName, decisionsOf(document, variables), print(document)].join('\n');
    return plans.get(key, async () => {
      const prepared = prepare({ document, operationName, variables });
      const node = prepared.text === undefined ? undefined : await planner.plan(prepared.text, operationName);
      const shape = createShape(prepared.operation, prepared.keys, view.schema);
      return { ...prepared, plan: compilePlan(node, engine), shape };
    });
  };
}

async function execute(
  asked: Asked,
  planOf: ReturnType<typeof createPlanOf>,
  { limits, prune = true }: EngineOptions,
): Promise<Answered> {
  const operation = getOperationAST(asked.document, asked.operationName);
  if (!operation) throw new PublicError('GRAPHQL_VALIDATION_FAILED', 'the document has no such operation');
  const root = asked.view.schema.getRootType(operation.operation);
  if (!root) throw new PublicError('GRAPHQL_VALIDATION_FAILED', `there is no ${operation.operation} type`);
  const coerced = getVariableValues(asked.view.schema, operation.variableDefinitions ?? [], asked.variables, {
    maxErrors: 20,
  });
  if (coerced.errors) return { data: null, errors: coerced.errors.map(asInputError), coverage: undefined };

  const ledger = createLedger(limits, unservedNames.namesOf);
  const run: Run = {
    asked,
    form: 'client',
    reach: prune ? asked.rights : { region: EVERYWHERE, division: COUNTRY },
    rawVariables: { ...defaultsOf(operation), ...asked.variables },
    variables: coerced.coerced,
    tree: {},
    ledger,
    dueAt: performance.now() + asked.deadlineMs,
    signal: asked.signal,
    calls: 0,
  };
  const planned = await planOf(asked, run.variables);
  await planned.plan.run(run);

  const data = project(run.tree, root, {
    schema: asked.view.schema,
    shape: planned.shape,
    conform: conformLeaf,
    explains: ledger.explains,
    isGap: ledger.isGap,
    error: ledger.error,
  });
  const coverage = ledger.coverage({ all: asked.explainCoverage });
  const gap = coverage && coverage.answered / coverage.asked < asked.completeness;
  const answered = gap
    ? incomplete(coverage.asked, coverage.answered, asked.completeness, ledger.errors, coverage)
    : { data, errors: ledger.errors, coverage, withheld: ledger.withheldGroups };
  return restoreKeys(answered, planned.keys);
}

function incomplete(
  asked: number,
  answered: number,
  completeness: number,
  errors: readonly GraphQLError[],
  coverage: Answered['coverage'],
): Answered {
  const wanted = completeness === 1 ? 'all of them' : `a share of ${completeness}`;
  const message = `${answered} of ${asked} calls of platforms were answered, and this request wants ${wanted}`;
  return { data: null, errors: [new PublicError('INCOMPLETE', message), ...errors], coverage };
}

function defaultsOf(operation: NonNullable<ReturnType<typeof getOperationAST>>): Record<string, unknown> {
  return Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}

function asInputError(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    ...(error.nodes ? { nodes: error.nodes } : {}),
    extensions: { ...error.extensions, code: 'BAD_USER_INPUT' },
  });
}
