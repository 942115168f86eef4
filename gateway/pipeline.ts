/**
 * The order of the steps, for one admitted operation:
 *
 *   plan → (route → fetch → gather)* → conform → respond
 *
 * What comes before (receive, identify, admit) and after (record) is composed in `http/` from the same model. A step knows
 * the model and itself; what it needs of another is handed to it here.
 */
import { COUNTRY, disclosure, EVERYWHERE } from '@yiwang/schema';
import {
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  parse,
  print,
} from 'graphql';
import { compileLeaf, compileLeafEnd, createFindMisfit } from './conform/index.ts';
import {
  type CompiledPlan,
  compilePlan,
  createHideNames,
  createLedger,
  createPartsUnderWay,
  createReferenceCache,
  createSupergraphSchema,
  createTypeTest,
  type Engine as ExecutionEngine,
  type Ledger,
  passableFetch,
  type Run,
  type Steps,
} from './execute/index.ts';
import type { Courier } from './fetch/index.ts';
import { compileGather, fieldsOf, lackingContributions, mergeContributions } from './gather/index.ts';
import { answerLater } from './in-parts.ts';
import { createSealer } from './kit/seal.ts';
import { defaultsOf, withNames } from './kit/variables-of.ts';
import type { Access } from './model/access.ts';
import { PublicError, withPath } from './model/errors.ts';
import { failureListener, type OnPlatformFailure } from './model/failure.ts';
import type { Limits } from './model/limits.ts';
import { type Overrides, readOverrides } from './model/overrides.ts';
import type { PlanNode } from './model/plan.ts';
import type { RelayAsked, Relayed } from './model/relay.ts';
import type { Answered, Asked, Coverage, View } from './model/request.ts';
import { type Home, readSupergraphRules } from './model/supergraph.ts';
import { assertSupported } from './model/unsupported.ts';
import {
  addMemberEntries,
  awaitPlan,
  completing,
  createPlanner,
  createPlans,
  createPrepare,
  type Planner,
  type PlanRequest,
  type Plans,
  type Prepare,
  type Prepared,
  type SlowPlan,
  separateRequiredFields,
  type UsedOperation,
  warmPlans,
} from './plan/index.ts';
import { passOn, printTree } from './print-tree.ts';
import { createRelaying } from './relay.ts';
import {
  compileAccept,
  compileParts,
  compilePrint,
  createShape,
  type Part,
  type Print,
  restoreKeys,
  restorePath,
} from './respond/index.ts';
import { createUnservedNames, type Directory } from './route/index.ts';

export interface EngineOptions {
  /** SDL of the composed supergraph. */
  readonly supergraph: string;
  /** Asked once for each operation: what is loaded later is for those that begin later. */
  readonly directory: () => Directory;
  /** Carries the calls to platforms; it outlives the engine. */
  readonly courier: Courier;
  /** Seals cursors; gateways that serve the same clients share it. */
  readonly cursorSecret: string;
  readonly limits: Limits;
  /** False for a supergraph that does not follow the standard: scalars are what its own platforms make of them. */
  readonly standard: boolean;
  /** False leaves it to the platforms alone to keep callers to their rights: for the test that they do. */
  readonly prune?: boolean;
  readonly onPlannerFallback?: (reason: unknown) => void;
  /** Hears why no planner has a plan for an operation, which is refused. */
  readonly onUnplannable?: (reason: Error) => void;
  readonly onSlowPlan?: (plan: SlowPlan) => void;
  /** Told of each failure of a platform once for each operation. */
  readonly onPlatformFailure?: OnPlatformFailure | undefined;
  /** Labels of `@override` that are on, besides the percentages. Default: none. */
  readonly overrideLabels?: readonly string[];
  /** For each operation, what percentages of `@override` are compared with: from 0 up to 100. Default: at random. */
  readonly draw?: () => number;
  /** Where planners work: in processes of their own, or `here`, which is the default. */
  readonly planIn?: 'process' | 'here';
  /** What the supergraph demands of callers; absent where that is nothing. */
  readonly access?: Access | undefined;
  readonly planner?: (supergraph: string) => Promise<Planner>;
  /** False: what `@defer` asks for is answered whole, too. Default: in parts, where the client takes them. */
  readonly answersInParts?: boolean;
}

export interface Engine {
  execute(asked: Asked): Promise<Answered>;
  /** Where the subgraphs are: at a plain address each, or with platforms that the directory must find. */
  readonly homes: readonly Home[];
  /** For a fetch of a gateway above, to which this one is a platform. */
  relay(asked: RelayAsked): Promise<Relayed>;
  /** What was asked most, for another generation to plan before it serves. */
  usedOperations(): readonly UsedOperation[];
  /** Plans operations before they are asked; gives their number. `viewOf` is undefined for one that is not valid any more. */
  warm(operations: readonly UsedOperation[], viewOf: (operation: UsedOperation) => View | undefined): Promise<number>;
  /** Lets go of the planner. */
  close(): void;
}

/** Throws where the supergraph is not valid, or asks for what is not followed here. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const document = parse(options.supergraph, { noLocation: true });
  assertSupported(document);
  const { courier } = options;
  const rules = readSupergraphRules(document);
  const schema = createSupergraphSchema(document, { standard: options.standard });
  const steps: Steps = {
    misfit: createFindMisfit(schema),
    cover: (served, region, run) => run.directory.cover(served, region),
    unserved: (served, region, run) => run.directory.unserved(served, region),
    call: (call, run) => courier.call(call, run),
    callPrinted: (call, accept, run) => courier.callPrinted(call, accept, run),
    gather: {
      compile: (node, parent, number) => compileGather(node, parent, rules, number),
      fieldsOf: (selections) => fieldsOf(selections),
      merge: mergeContributions,
      lacking: lackingContributions,
    },
  };
  const engine: ExecutionEngine = {
    schema,
    rules,
    steps,
    sealer: createSealer(options.cursorSecret),
    limits: options.limits,
    reference: createReferenceCache(options.limits, () => performance.now()),
    isType: createTypeTest(schema),
    isStandard: options.standard,
    hideNames: createHideNames(schema),
    disclosure,
  };
  const overrides = readOverrides(document, options.overrideLabels ?? []);
  const { supergraph: separated, fields: requiredFields } = separateRequiredFields(document);
  const { supergraph: planned, fields: memberEntries } = addMemberEntries(separated);
  const requiredKeys = new Map([...requiredFields].map(([key, { name }]) => [key, name]));
  const sdl = planned === document ? options.supergraph : print(planned);
  const found = await (options.planner ?? ((text) => createDefaultPlanner(text, options, overrides)))(sdl);
  const planner = completing(found, planned, { overrides, requiredFields, memberEntries });
  const internal = [...requiredFields.keys(), ...memberEntries.values()];
  const plans = preparePlans(createPrepare(document, options.limits, internal), planner, engine, {
    ...options,
    overrides,
    requiredKeys,
  });
  return {
    execute: (asked) => execute(asked, plans, options),
    homes: [...rules.homes.values()],
    relay: createRelaying({
      engine,
      directory: options.directory,
      limits: options.limits,
      namesOf: unservedNames.namesOf,
      onPlatformFailure: options.onPlatformFailure,
    }),
    usedOperations: () => plans.mostUsed(),
    warm: (operations, viewOf) =>
      warmPlans(operations, (operation) => {
        const view = viewOf(operation);
        if (!view) throw new Error('the operation is not valid any more');
        return plans.get({ ...operation, view });
      }),
    close: () => planner.close(),
  };
}

function createDefaultPlanner(supergraph: string, options: EngineOptions, overrides: Overrides): Promise<Planner> {
  const { onPlannerFallback, onSlowPlan, limits, planIn = 'here' } = options;
  return createPlanner(supergraph, { onFallback: onPlannerFallback, onSlowPlan, limits, place: planIn, overrides });
}

/** As the planners have it: a percentage is that of operations, not of callers. */
const drawAtRandom = (): number => 100 * Math.random();

const unservedNames = createUnservedNames();

/** What fetches and prints the answer of an operation whose conditions are decided. */
interface Planned {
  readonly plan: CompiledPlan;
  readonly print: Print;
  /** What is deferred; none where the answer is whole. */
  readonly parts: readonly Part[];
  readonly root: GraphQLObjectType;
  readonly operation: OperationDefinitionNode;
  readonly schema: GraphQLSchema;
  readonly keys: Prepared['keys'];
  /** Places of what its callers may not ask for. */
  readonly denied: Prepared['denied'];
  readonly variables: Prepared['variables'];
  /** Values of variables that the client left to the operation. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** A plan, and what runs it as it is, compiled where it is needed first. */
interface SharedPlan {
  readonly node: PlanNode | undefined;
  whole(): CompiledPlan;
}

interface PlanningOptions {
  readonly overrides: Overrides;
  /** Names of fields by the keys under which others require them, which errors may name. */
  readonly requiredKeys: ReadonlyMap<string, string>;
}

function preparePlans(
  prepare: Prepare,
  planner: Planner,
  engine: ExecutionEngine,
  { limits, standard, answersInParts = true, overrides, requiredKeys, onUnplannable }: EngineOptions & PlanningOptions,
): Plans<Planned> {
  const finish = (prepared: Prepared, { node, whole }: SharedPlan, { schema }: View): Planned => {
    const { operation, keys, labels, denied, hidden, variables } = prepared;
    // What the standard prescribes has to be looked at.
    const passable = !standard && keys === undefined && labels.size === 0 ? passableFetch(node, operation) : undefined;
    const root = schema.getRootType(operation.operation);
    if (!root) throw new PublicError('GRAPHQL_VALIDATION_FAILED', `there is no ${operation.operation} type`);
    const shape = createShape(operation, keys, schema, hidden);
    const accept = passable && compileAccept(root, { schema, shape, leafEnd: compileLeafEnd });
    return {
      plan: accept ? compilePlan(passable, engine, accept) : whole(),
      print: compilePrint(root, { schema, shape, leaf: compileLeaf }),
      parts: labels.size === 0 ? [] : compileParts(operation, { schema, keys, labels, leaf: compileLeaf }),
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
  return createPlans({
    limits,
    prepare,
    overrides,
    mayPlanParts: answersInParts,
    onUnplannable,
    planner,
    compile,
    finish,
  });
}

async function execute(
  asked: Asked,
  plans: Plans<Planned>,
  { limits, directory, access, onPlatformFailure, prune = true, draw = drawAtRandom }: EngineOptions,
): Promise<Answered> {
  const dueAt = performance.now() + asked.deadlineMs;
  const denials = access?.denialsOf(asked.rights);
  const { document, hash, operationName, coerced, view, caller, inParts } = asked;
  const request: PlanRequest = {
    document,
    hash,
    operationName,
    variables: coerced,
    view,
    caller,
    inParts,
    draw: draw(),
    denials,
  };
  const kept = plans.get(request);
  const planned = kept instanceof Promise ? await awaitPlan(kept, asked.deadlineMs, asked.signal) : kept;
  const onFailure = failureListener(asked, onPlatformFailure);
  const ledger = createLedger(limits, { namesOf: unservedNames.namesOf, onFailure });
  if (planned.denied.length > 0) sayDenied(planned, ledger);
  const run: Run = {
    asked,
    directory: directory(),
    form: 'client',
    reach: prune ? asked.rights : { region: EVERYWHERE, division: COUNTRY },
    rawVariables: { ...planned.defaults, ...withNames(asked.variables, planned.variables) },
    variables: withNames(asked.coerced, planned.variables),
    tree: {},
    printed: undefined,
    ledger,
    ...(planned.parts.length > 0 ? { parts: createPartsUnderWay() } : {}),
    dueAt,
    signal: asked.signal,
    spent: { calls: 0, bytes: 0, printedBytes: 0, printedRows: 0 },
  };
  await planned.plan.run(run);

  const data = run.printed ? passOn(run.printed, limits) : await printTree(run, planned.print, limits);
  if (run.parts) {
    const { root, parts } = planned;
    const later = answerLater({ run, underWay: run.parts, root, parts, asked: planned, limits }, data);
    return restoreKeys({ data, errors: ledger.errors, coverage: undefined, later }, planned);
  }
  const coverage = ledger.coverage({ all: asked.explainCoverage });
  const answered = lacksOf(coverage, asked.completeness)
    ? incomplete(coverage, asked.completeness, ledger.errors)
    : { data, errors: ledger.errors, coverage, withheld: ledger.withheldGroups };
  return restoreKeys(answered, planned);
}

/** What is denied is null, with an error. Throws the first of them for what would change something. */
function sayDenied({ denied, keys, operation }: Planned, ledger: Pick<Ledger, 'error'>): void {
  for (const path of denied) {
    const place = restorePath(path, keys).join('.');
    const error = new PublicError('UNAUTHORIZED_FIELD_OR_TYPE', `You are not authorized to ask for "${place}".`, {
      path,
    });
    if (operation.operation === 'mutation') throw withPath(error, restorePath(path, keys));
    ledger.error(error);
  }
}

/** True if less is there than the client wants: all that it asked for, or a share of the platforms that were asked. */
function lacksOf(coverage: Coverage | undefined, completeness: number): coverage is Coverage {
  if (coverage === undefined || completeness === 0) return false;
  if (completeness === 1) return !coverage.complete;
  return coverage.asked === 0 || coverage.answered / coverage.asked < completeness;
}

function incomplete(coverage: Coverage, completeness: number, errors: readonly GraphQLError[]): Answered {
  const { asked, answered, unserved = [] } = coverage;
  const wanted = completeness === 1 ? 'all that it asks for' : `a share of ${completeness}`;
  const nobody = unserved.length === 0 ? '' : `, no platform answers for ${namesOf(unserved)}`;
  const message = `${answered} of ${asked} calls of platforms were answered${nobody}, and this request wants ${wanted}`;
  return { data: null, errors: [new PublicError('INCOMPLETE', message), ...errors], coverage };
}

/** The first few of them: coverage has the rest. */
function namesOf(divisions: readonly string[]): string {
  const more = divisions.length - NAMED_MAX;
  return more <= 0 ? divisions.join(', ') : `${divisions.slice(0, NAMED_MAX).join(', ')} and ${more} more`;
}

const NAMED_MAX = 5;
