/**
 * The reference engine: `@apollo/gateway` in `@apollo/server`, without HTTP. Also Apollo's composition of running
 * subgraphs.
 */
import { ApolloServer } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { DEFAULT_LIMITS } from '../../model/limits.ts';

export interface RequestParams {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

export interface GraphQLResult {
  readonly data: unknown;
  readonly errors: readonly GraphQLFormattedError[];
}

export interface ReferenceEngine {
  execute(params: RequestParams): Promise<GraphQLResult>;
  close(): Promise<void>;
}

export async function startReferenceEngine(supergraph: string): Promise<ReferenceEngine> {
  const { ApolloGateway } = await loadGateway();
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    logger: SILENT,
    queryPlannerConfig: { debug: { maxEvaluatedPlans: DEFAULT_LIMITS.plansWeighedMax } },
  });
  const server = new ApolloServer({ gateway, logger: SILENT, nodeEnv: 'production', stopOnTerminationSignals: false });
  await server.start();
  return {
    async execute({ query, operationName, variables }) {
      const { body } = await server.executeOperation({
        query,
        ...(operationName === undefined ? {} : { operationName }),
        ...(variables === undefined ? {} : { variables }),
      });
      if (body.kind !== 'single') throw new Error('an answer in parts was not asked for');
      const { data, errors } = body.singleResult;
      return { data: data === undefined ? null : JSON.parse(JSON.stringify(data)), errors: errors ?? [] };
    },
    close: () => server.stop(),
  };
}

/** Throws an `Error` if Apollo does not compose the subgraphs. */
export async function composeByApollo(subgraphs: readonly { name: string; url: string }[]): Promise<string> {
  const { IntrospectAndCompose, RemoteGraphQLDataSource } = await loadGateway();
  const composition = new IntrospectAndCompose({ subgraphs: [...subgraphs], logger: SILENT });
  const { supergraphSdl } = await composition.initialize({
    update: () => {},
    healthCheck: async () => {},
    getDataSource: ({ url }) => new RemoteGraphQLDataSource(url === undefined ? {} : { url }),
  });
  return supergraphSdl;
}

/** The library reports its use to Apollo unless this is set before it is loaded. */
function loadGateway() {
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
  return import('@apollo/gateway');
}

const ignore = (): void => {};
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };
