/**
 * The order of the steps, for one admitted operation:
 *
 *   plan → (route → fetch → gather)* → conform → respond
 *
 * What comes before (receive, identify, admit) and after (record) is composed in `http/` from the same model. A step knows
 * the model and itself; what it needs of another is handed to it here.
 */
import { COUNTRY, disclosure, EVERYWHERE, type PassportClaims } from '@yiwang/schema';
import { type DocumentNode, type GraphQLError, getOperationAST, parse, valueFromASTUntyped } from 'graphql';
import { compileLeaf } from './conform/index.ts';
import {
  type CompiledPlan,
  compilePlan,
  createLedger,
  createReferenceCache,
  createSupergraphSchema,
  createTypeTest,
  type Engine as ExecutionEngine,
  passableFetch,
  type Run,
  type Steps,
} from './execute/index.ts';
import { createCourier } from './fetch/index.ts';
import { compileGather, fieldsOf, mergeContributions } from './gather/index.ts';
import { inSlices } from './kit/in-slices.ts';
import { createSealer } from './kit/seal.ts';
import { PublicError } from './model/errors.ts';
import type { Limits } from './model/limits.ts';
import type { Network } from './model/network.ts';
import type { RelayAsked, Relayed } from './model/relay.ts';
import type { Answered, Asked, PrintedData } from './model/request.ts';
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
import { createRelaying } from './relay.ts';
import { compilePrint, createShape, type Print, restoreKeys } from './respond/index.ts';
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
  /** For a fetch of a gateway above, to which this one is a platform. */
  relay(asked: RelayAsked): Promise<Relayed>;
  close(): Promise<void>;
}

/** Throws where the supergraph, or the network, is not valid. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const document = parse(options.supergraph, { noLocation: true });
  const directory = createDirectory(options.network ?? { platforms: [] }, options.limits);
  const courier = createCourier({ signPassport: options.signPassport, limits: options.limits });
  const rules = readSupergraphRules(document);
  const schema = createSupergraphSchema(document, { standard: options.standard });
  const steps: Steps = {
    cover: (served, region) => directory.cover(served, region),
    unserved: (served, region) => directory.unserved(served, region),
    call: async (call, run) => {
      const answer = await courier.call(call, run);
      if (answer.kind === 'answered') run.bytes += answer.bytes;
      return answer;
    },
    callPrinted: async (call, run) => {
      const answer = await courier.callPrinted(call, run);
      if (answer.kind === 'answered') run.bytes += answer.bytes;
      return answer;
    },
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
    sealer: createSealer(options.cursorSecret),
    limits: options.limits,
    reference: createReferenceCache(options.limits, Date.now),
    isType: createTypeTest(schema),
    smallCount: disclosure.smallCount,
  };
  const planner = await (options.planner ?? ((sdl) => createDefaultPlanner(sdl, options)))(options.supergraph);
  const planning: Planning = {
    prepare: createPrepare(document),
    planner,
    plans: createCache<Planned>(options.limits.planCacheMax),
    engine,
    // What the standard prescribes has to be looked at.
    mayPass: !options.standard,
  };
  return {
    execute: (asked) => execute(asked, planning, options),
    relay: createRelaying({ engine, limits: options.limits, namesOf: unservedNames.namesOf }),
    close: () => courier.close(),
  };
}

function createDefaultPlanner(supergraph: string, { onPlannerFallback, limits }: EngineOptions): Promise<Planner> {
  return createPlanner(supergraph, { onFallback: onPlannerFallback, plansWeighedMax: limits.plansWeighedMax });
}

const unservedNames = createUnservedNames();

interface Planning {
  readonly prepare: Prepare;
  readonly planner: Planner;
  readonly plans: Cache<Planned>;
  readonly engine: ExecutionEngine;
  readonly mayPass: boolean;
}

/** An operation with its conditions decided, and what fetches and prints its answer. */
interface Planned extends Prepared {
  readonly plan: CompiledPlan;
  readonly print: Print;
  /** Values of variables that the client left to the operation. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

function planFor({ document, hash, operationName, view, coerced }: Asked, planning: Planning): Promise<Planned> {
  const key = [view.name, hash, operationName, decisionsOf(document, coerced)].join('\n');
  return planning.plans.get(key, async () => {
    const { prepare, planner, engine, mayPass } = planning;
    const prepared = prepare({ document, operationName, variables: coerced });
    const node = prepared.text === undefined ? undefined : await planner.plan(prepared.text, operationName);
    const { operation, keys } = prepared;
    const passage = { operation, view: view.schema, supergraph: engine.schema };
    const passable = mayPass && keys === undefined ? passableFetch(node, passage) : undefined;
    const root = view.schema.getRootType(operation.operation);
    if (!root) throw new PublicError('GRAPHQL_VALIDATION_FAILED', `there is no ${operation.operation} type`);
    const shape = createShape(operation, keys, view.schema);
    return {
      ...prepared,
      plan: compilePlan(passable ?? node, engine, { mayStayPrinted: passable !== undefined }),
      print: compilePrint(root, { schema: view.schema, shape, leaf: compileLeaf }),
      defaults: defaultsOf(document, operationName),
    };
  });
}

async function execute(asked: Asked, planning: Planning, { limits, prune = true }: EngineOptions): Promise<Answered> {
  const dueAt = performance.now() + asked.deadlineMs;
  const planned = await planFor(asked, planning);
  const ledger = createLedger(limits, unservedNames.namesOf);
  const run: Run = {
    asked,
    form: 'client',
    reach: prune ? asked.rights : { region: EVERYWHERE, division: COUNTRY },
    rawVariables: { ...planned.defaults, ...asked.variables },
    variables: asked.coerced,
    tree: {},
    printed: undefined,
    ledger,
    dueAt,
    signal: asked.signal,
    calls: 0,
    bytes: 0,
  };
  await planned.plan.run(run);

  const data = run.printed ? { text: run.printed, rows: undefined } : await printTree(run, planned.print, limits);
  const coverage = ledger.coverage({ all: asked.explainCoverage });
  const gap = coverage && coverage.answered / coverage.asked < asked.completeness;
  const answered = gap
    ? incomplete(coverage.asked, coverage.answered, asked.completeness, ledger.errors, coverage)
    : { data, errors: ledger.errors, coverage, withheld: ledger.withheldGroups };
  return restoreKeys(answered, planned.keys);
}

async function printTree({ tree, ledger, bytes }: Run, print: Print, limits: Limits): Promise<PrintedData | null> {
  const printing = { explains: ledger.explains, isGap: ledger.isGap, error: ledger.error, rows: 0 };
  const text =
    bytes < limits.parseSliceBytes
      ? print.now(tree, printing)
      : await inSlices((isDue) => print.slowly(tree, printing, isDue), limits.sliceMs);
  return text === 'null' ? null : { text, rows: printing.rows };
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

function defaultsOf(document: DocumentNode, operationName: string | undefined): Record<string, unknown> {
  return Object.fromEntries(
    (getOperationAST(document, operationName)?.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}
