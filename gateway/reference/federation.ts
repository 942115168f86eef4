/** A plain federation under test: its subgraphs on loopback, this engine with each of its planners, and the reference. */
import { composeServices } from '@theguild/federation-composition';
import { parse, validate } from 'graphql';
import { createViews } from '../admit/index.ts';
import { unlimitedRights } from '../identify/index.ts';
import { sha256 } from '../kit/digest.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { createEngine } from '../pipeline.ts';
import { createPlanner } from '../plan/index.ts';
import { coerce } from '../testing/toy-engine.ts';
import { composeByApollo, type Question, type Reply, startReferenceEngine } from './reference-engine.ts';
import { type SubgraphServer, type Subgraphs, startSubgraph } from './subgraph-server.ts';

export interface Contestant {
  readonly name: 'hive' | 'apollo' | 'reference';
  ask(question: Question): Promise<Reply>;
  close(): Promise<void>;
}

export interface Federation {
  readonly supergraph: string;
  /** This engine with each planner. */
  readonly engines: readonly Contestant[];
  readonly reference: Contestant;
  readonly servers: ReadonlyMap<string, SubgraphServer>;
  close(): Promise<void>;
}

export type Composer = 'theguild' | 'apollo';

export async function startFederation(subgraphs: Subgraphs, composer: Composer = 'theguild'): Promise<Federation> {
  const servers = new Map<string, SubgraphServer>();
  for (const [name, subgraph] of Object.entries(subgraphs)) servers.set(name, await startSubgraph(subgraph));
  const supergraph = await compose(servers, composer);
  const engines = await Promise.all([startEngine(supergraph, 'hive'), startEngine(supergraph, 'apollo')]);
  const reference: Contestant = { name: 'reference', ...(await startReferenceEngine(supergraph)) };
  return {
    supergraph,
    engines,
    reference,
    servers,
    async close() {
      await Promise.all([...engines, reference].map((contestant) => contestant.close()));
      await Promise.all([...servers.values()].map((server) => server.close()));
    },
  };
}

async function compose(servers: ReadonlyMap<string, SubgraphServer>, composer: Composer): Promise<string> {
  if (composer === 'apollo') return composeByApollo([...servers].map(([name, { url }]) => ({ name, url })));
  const services = [...servers].map(([name, { url, sdl }]) => ({ name, url, typeDefs: parse(sdl) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error((errors ?? []).map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

async function startEngine(supergraph: string, name: 'hive' | 'apollo'): Promise<Contestant> {
  const view = createViews(supergraph, [{ name: 'all', classes: undefined }]).view('all');
  const engine = await createEngine({
    supergraph,
    network: undefined,
    signPassport: async () => 'unused',
    cursorSecret: 'a secret of the tests',
    limits: DEFAULT_LIMITS,
    standard: false,
    // The first as it is used, with the second behind it for what it does not plan.
    planner: (sdl) => createPlanner(sdl, { first: name }),
  });
  return {
    name,
    async ask({ query, operationName, variables = {} }) {
      const document = parse(query);
      const faults = validate(view.schema, document);
      if (faults.length > 0) return { data: null, errors: faults.map((fault) => fault.toJSON()) };
      const { data, errors } = await engine.execute({
        document,
        hash: sha256(query),
        operationName,
        variables,
        coerced: coerce(view.schema, document, variables, operationName),
        view,
        rights: unlimitedRights(),
        completeness: 0,
        explainCoverage: false,
        deadlineMs: 5_000,
        requestId: 'test',
        signal: new AbortController().signal,
      });
      return { data: data && JSON.parse(data.bytes.toString()), errors: errors.map((error) => error.toJSON()) };
    },
    close: () => engine.close(),
  };
}
