/** A plain federation under test: its subgraphs on loopback, this engine with each of its planners, and the reference. */
import { composeServices } from '@theguild/federation-composition';
import { parse, validate } from 'graphql';
import { createViews } from '../admit/index.ts';
import { unlimitedRights } from '../identify/index.ts';
import { createAborter } from '../kit/aborter.ts';
import { sha256 } from '../kit/digest.ts';
import { PublicError } from '../model/errors.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { readOverrides } from '../model/overrides.ts';
import type { Answered } from '../model/request.ts';
import type { EngineOptions } from '../pipeline.ts';
import { completing, createPlanner, type Planner } from '../plan/index.ts';
import { type Json, putTogether, type ReadPart } from '../testing/multipart.ts';
import { PATIENT_LIMITS } from '../testing/patient-limits.ts';
import { startTestEngine } from '../testing/test-engine.ts';
import { coerce } from '../testing/toy-engine.ts';
import { printPlan } from './print-plan.ts';
import { composeByApollo, type Question, type Reply, startReferenceEngine } from './reference-engine.ts';
import { type SubgraphServer, type Subgraphs, startSubgraph } from './subgraph-server.ts';

export interface Contestant {
  readonly name: 'hive' | 'apollo' | 'reference';
  ask(question: Question): Promise<Reply>;
  close(): Promise<void>;
}

export interface EngineContestant extends Contestant {
  readonly name: 'hive' | 'apollo';
  /** The plan of an operation that was asked, and the planner that made it; undefined where there is none. */
  planOf(operationName: string, form?: Form): Planned | undefined;
  /** The same in parts, put together, and how many came. */
  askInParts(question: Question): Promise<Reply & { readonly parts: number }>;
}

export type Form = 'whole' | 'in parts';

export interface Planned {
  readonly by: 'hive' | 'apollo';
  readonly text: string;
}

export interface Federation {
  readonly supergraph: string;
  /** This engine with each planner. */
  readonly engines: readonly EngineContestant[];
  readonly reference: Contestant;
  readonly servers: ReadonlyMap<string, SubgraphServer>;
  close(): Promise<void>;
}

/** The subgraphs do not go together. */
export class CompositionError extends Error {}

export type Composer = 'theguild' | 'apollo';
/** Where planners work: the Rust planner ends the process that it is in over some operations. */
export type Place = 'here' | 'process';

export interface FederationOptions {
  readonly composer?: Composer;
  readonly place?: Place;
  /** How `@override` with labels is decided. */
  readonly overriding?: Overriding;
}

type Overriding = Pick<EngineOptions, 'overrideLabels' | 'draw'>;

export async function startFederation(
  subgraphs: Subgraphs,
  { composer = 'theguild', place = 'here', overriding = {} }: FederationOptions = {},
): Promise<Federation> {
  const servers = new Map<string, SubgraphServer>();
  for (const [name, subgraph] of Object.entries(subgraphs)) servers.set(name, await startSubgraph(subgraph));
  const closeServers = () => Promise.all([...servers.values()].map((server) => server.close()));
  const supergraph = await compose(servers, composer).catch(async (error) => {
    await closeServers();
    throw error;
  });
  const engines = await Promise.all([
    startEngine(supergraph, { name: 'hive', place, overriding }),
    startEngine(supergraph, { name: 'apollo', place: 'here', overriding }),
  ]);
  const reference: Contestant = { name: 'reference', ...(await startReferenceEngine(supergraph)) };
  return {
    supergraph,
    engines,
    reference,
    servers,
    async close() {
      await Promise.all([...engines, reference].map((contestant) => contestant.close()));
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

interface Contesting {
  readonly name: 'hive' | 'apollo';
  readonly place: Place;
  readonly overriding: Overriding;
}

async function startEngine(supergraph: string, contesting: Contesting): Promise<EngineContestant> {
  const { name, overriding } = contesting;
  const plans = new Map<string, Planned>();
  const view = createViews(supergraph, [{ name: 'all', classes: undefined }]).view('all');
  const engine = await startTestEngine({
    supergraph,
    network: undefined,
    signPassport: async () => 'unused',
    cursorSecret: 'a secret of the tests',
    limits: { ...DEFAULT_LIMITS, ...PATIENT_LIMITS },
    standard: false,
    ...overriding,
    planner: async (sdl) => recording(sdl, contesting, plans),
  });
  const askIn = async (inParts: boolean, { query, operationName, variables = {} }: Question): Promise<InParts> => {
    const document = parse(query);
    const faults = validate(view.schema, document);
    if (faults.length > 0) return { data: null, errors: faults.map((fault) => fault.toJSON()), parts: 1 };
    const answered = engine.execute({
      inParts,
      document,
      hash: sha256(query),
      operationName,
      variables,
      coerced: coerce(view.schema, document, variables, operationName),
      view,
      rights: unlimitedRights(),
      completeness: 0,
      explainCoverage: false,
      deadlineMs: PATIENT_LIMITS.operationDeadlineMs,
      requestId: 'test',
      signal: createAborter().signal,
    });
    const { data, errors, later } = await answered.catch(refusal);
    const first = { data: data && JSON.parse(data.bytes.toString()), errors: errors.map((error) => error.toJSON()) };
    return later ? withLater(first, later) : { ...first, parts: 1 };
  };
  return {
    name,
    ask: async (question) => {
      const { data, errors } = await askIn(false, question);
      return { data, errors };
    },
    askInParts: (question) => askIn(true, question),
    planOf: (operationName, form = 'whole') => plans.get(keyOf(operationName, form)),
    close: () => engine.close(),
  };
}

type InParts = Awaited<ReturnType<EngineContestant['askInParts']>>;

async function withLater({ data, errors }: Reply, later: NonNullable<Answered['later']>): Promise<InParts> {
  const told = [...errors];
  const parts: ReadPart[] = [{ data: data as ReadPart['data'] & object, hasNext: true }];
  for await (const { entries, hasNext } of later) {
    told.push(...entries.flatMap((entry) => entry.errors.map((error) => error.toJSON())));
    const incremental = entries.map(({ path, data: given }) => ({
      path,
      data: given && (JSON.parse(given.bytes.toString()) as Json),
    }));
    parts.push({ incremental, hasNext });
  }
  return { data: putTogether(parts), errors: told, parts: parts.length };
}

/** What is refused before anything is fetched has no data. */
function refusal(error: unknown): Pick<Answered, 'data' | 'errors' | 'later'> {
  if (error instanceof PublicError) return { data: null, errors: [error] };
  throw error;
}

async function recording(
  supergraph: string,
  { name, place, overriding }: Contesting,
  plans: Map<string, Planned>,
): Promise<Planner> {
  let isFallback = false;
  const onFallback = (): void => {
    isFallback = true;
  };
  const document = parse(supergraph);
  const overrides = readOverrides(document, overriding.overrideLabels ?? []);
  const options = { onFallback, first: name, place, overrides };
  const planner = completing(await createPlanner(supergraph, options), document, { overrides });
  return {
    ...planner,
    async plan(operation, operationName, draw) {
      isFallback = false;
      const node = await planner.plan(operation, operationName, draw);
      const key = keyOf(operationName, operation.includes('@defer') ? 'in parts' : 'whole');
      plans.set(key, { by: isFallback ? 'apollo' : planner.name, text: printPlan(node) });
      return node;
    },
  };
}

function keyOf(operationName: string | undefined, form: Form): string {
  return `${operationName ?? ''} ${form}`;
}
