/** `@apollo/server` with `@apollo/gateway` as a process: `apollo.js PORT SUPERGRAPH`. */
import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';

const [port, supergraph] = process.argv.slice(2);
const silent = { debug() {}, info() {}, warn: console.error, error: console.error };

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraph, 'utf8'),
  // Connections are kept and not bounded in number, as the data source is made; answers may be large.
  buildService: ({ url }) => new RemoteGraphQLDataSource({ url }),
  logger: silent,
});
const server = new ApolloServer({
  gateway,
  logger: silent,
  introspection: false,
  includeStacktraceInErrorResponses: false,
  plugins: [ApolloServerPluginLandingPageDisabled()],
});
await startStandaloneServer(server, { listen: { port: Number(port), host: '127.0.0.1' } });
