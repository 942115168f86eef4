/** A federation under test: its subgraphs on loopback, this engine with each planner, and the reference engine. */
import { composeServices } from '@theguild/federation-composition';
import { parse, validate } from 'graphql';
import { createUnlimitedRights } from '../../identify/index.ts';
import { createCancelController } from '../../kit/concurrency/cancel-controller.ts';
import { sha256 } from '../../kit/crypto/digest.ts';
import { PublicError } from '../../model/errors.ts';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import type { PlanningSupergraph } from '../../model/supergraph/planning-supergraph.ts';
import type { EngineResult } from '../../model/validated-operation.ts';
import { createPlanner, type Planner, withRepairedPlans } from '../../plan/index.ts';
import { type Json, mergeParts, type ReadPart } from '../support/multipart.ts';
import { PATIENT_LIMITS } from '../support/patient-limits.ts';
import { readWholeView } from '../support/read-views.ts';
import { startTestEngine, type TestEngineOptions } from '../support/test-engine.ts';
import { coerce } from '../support/toys/toy-engine.ts';
import { printPlan } from './print-plan.ts';
import { composeByApollo, type GraphQLResult, type RequestParams, startReferenceEngine } from './reference-engine.ts';
import { type SubgraphServer, type Subgraphs, startSubgraph } from './subgraph-server.ts';

export interface ComparedEngine {
  readonly name: 'hive' | 'apollo' | 'reference';
  execute(params: RequestParams): Promise<GraphQLResult>;
  close(): Promise<void>;
}

export interface PlannedEngine extends ComparedEngine {
  readonly name: 'hive' | 'apollo';
  /** The plan of an operation that was executed, and the planner that made it; undefined if there is none. */
  planOf(operationName: string, form?: Form): Planned | undefined;
  /** The same in parts, put together, and how many came. */
  executeIncrementally(params: RequestParams): Promise<GraphQLResult & { readonly parts: number }>;
}

export type Form = 'whole' | 'in parts';

export interface Planned {
  readonly by: 'hive' | 'apollo';
  readonly text: string;
}

export interface Federation {
  readonly supergraph: string;
  /** This engine with each planner. */
  readonly engines: readonly PlannedEngine[];
  readonly reference: ComparedEngine;
  readonly servers: ReadonlyMap<string, SubgraphServer>;
  close(): Promise<void>;
}

/** The subgraphs cannot be composed. */
export class CompositionError extends Error {}

export type Composer = 'theguild' | 'apollo';
/** Where planners run. Some operations end the process of the Rust planner. */
export type PlannerLocation = 'here' | 'process';

export interface FederationOptions {
  readonly composer?: Composer;
  readonly runIn?: PlannerLocation;
  /** Draws and labels of `@override`. */
  readonly overrides?: OverrideOptions;
}

type OverrideOptions = Pick<TestEngineOptions, 'overrideLabels' | 'draw'>;

export async function startFederation(
  subgraphs: Subgraphs,
  { composer = 'theguild', runIn = 'here', overrides = {} }: FederationOptions = {},
): Promise<Federation> {
  const servers = new Map<string, SubgraphServer>();
  for (const [name, subgraph] of Object.entries(subgraphs)) servers.set(name, await startSubgraph(subgraph));
  const closeServers = () => Promise.all([...servers.values()].map((server) => server.close()));
  const supergraph = await compose(servers, composer).catch(async (error) => {
    await closeServers();
    throw error;
  });
  const engines = await Promise.all([
    startEngine(supergraph, { name: 'hive', runIn, overrides }),
    startEngine(supergraph, { name: 'apollo', runIn: 'here', overrides }),
  ]);
  const reference: ComparedEngine = { name: 'reference', ...(await startReferenceEngine(supergraph)) };
  return {
    supergraph,
    engines,
    reference,
    servers,
    async close() {
      await Promise.all([...engines, reference].map((engine) => engine.close()));
      await closeServers();
    },
  };
}

async function compose(servers: ReadonlyMap<string, SubgraphServer>, composer: Composer): Promise<string> {
  if (composer === 'apollo') return composeByApollo([...servers].map(([name, { url }]) => ({ name, url })));
  const services = [...servers].map(([name, { url, sdl }]) => ({ name, url, typeDefs: parse(sdl) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new CompositionError((errors ?? []).map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

interface EngineSetup {
  readonly name: 'hive' | 'apollo';
  readonly runIn: PlannerLocation;
  readonly overrides: OverrideOptions;
}

async function startEngine(supergraph: string, setup: EngineSetup): Promise<PlannedEngine> {
  const { name, overrides } = setup;
  const plans = new Map<string, Planned>();
  const view = readWholeView(supergraph);
  const engine = await startTestEngine({
    supergraph,
    network: undefined,
    signPassport: async () => 'unused',
    cursorSecret: 'a secret of the tests',
    limits: { ...DEFAULT_LIMITS, ...PATIENT_LIMITS },
    standard: false,
    ...overrides,
    planner: (planning) => createRecordingPlanner(planning, setup, plans),
  });
  const executeIn = async (
    isIncremental: boolean,
    { query, operationName, variables = {} }: RequestParams,
  ): Promise<IncrementalReply> => {
    const document = parse(query);
    const faults = validate(view.schema, document);
    if (faults.length > 0) return { data: null, errors: faults.map((fault) => fault.toJSON()), parts: 1 };
    const answered = engine.execute({
      isIncremental,
      document,
      hash: sha256(query),
      operationName,
      variables,
      coerced: coerce(view.schema, document, variables, operationName),
      view,
      rights: createUnlimitedRights(),
      completeness: 0,
      explainCoverage: false,
      deadlineMs: PATIENT_LIMITS.operationDeadlineMs,
      requestId: 'test',
      signal: createCancelController().signal,
    });
    const { data, errors, subsequentResults } = await answered.catch(refusal);
    const first = { data: data && JSON.parse(data.bytes.toString()), errors: errors.map((error) => error.toJSON()) };
    return subsequentResults ? withLater(first, subsequentResults) : { ...first, parts: 1 };
  };
  return {
    name,
    execute: async (params) => {
      const { data, errors } = await executeIn(false, params);
      return { data, errors };
    },
    executeIncrementally: (params) => executeIn(true, params),
    planOf: (operationName, form = 'whole') => plans.get(planKey(operationName, form)),
    close: () => engine.close(),
  };
}

type IncrementalReply = Awaited<ReturnType<PlannedEngine['executeIncrementally']>>;

async function withLater(
  { data, errors }: GraphQLResult,
  later: NonNullable<EngineResult['subsequentResults']>,
): Promise<IncrementalReply> {
  const allErrors = [...errors];
  const parts: ReadPart[] = [{ data: data as ReadPart['data'] & object, hasNext: true }];
  for await (const { payloads, hasNext } of later) {
    allErrors.push(...payloads.flatMap((entry) => entry.errors.map((error) => error.toJSON())));
    const incremental = payloads.map(({ path, data: deferredData }) => ({
      path,
      data: deferredData && (JSON.parse(deferredData.bytes.toString()) as Json),
    }));
    parts.push({ incremental, hasNext });
  }
  return { data: mergeParts(parts), errors: allErrors, parts: parts.length };
}

/** An operation that is refused before anything is fetched has no data. */
function refusal(error: unknown): Pick<EngineResult, 'data' | 'errors' | 'subsequentResults'> {
  if (error instanceof PublicError) return { data: null, errors: [error] };
  throw error;
}

async function createRecordingPlanner(
  planning: PlanningSupergraph,
  { name, runIn }: EngineSetup,
  plans: Map<string, Planned>,
): Promise<Planner> {
  let isFallback = false;
  const onFallback = (): void => {
    isFallback = true;
  };
  const unrepaired = await createPlanner(planning, { onFallback, primary: name, runIn });
  // The engine repairs again with these fields; the plan that is recorded is the one before.
  const planner = withRepairedPlans(unrepaired, { ...planning, boundFields: new Map(), entryFields: new Map() });
  return {
    ...planner,
    async plan(operation, operationName, draw) {
      isFallback = false;
      const node = await planner.plan(operation, operationName, draw);
      const key = planKey(operationName, operation.includes('@defer') ? 'in parts' : 'whole');
      plans.set(key, { by: isFallback ? 'apollo' : planner.name, text: printPlan(node) });
      return node;
    },
  };
}

function planKey(operationName: string | undefined, form: Form): string {
  return `${operationName ?? ''} ${form}`;
}
