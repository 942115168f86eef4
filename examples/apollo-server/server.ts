/**
 * The engine inside your own Apollo Server: `node --import tsx examples/apollo-server/server.ts supergraph.graphql`. Plugins, context and
 * HTTP framework are Apollo Server's; planning, fetching and merging are Yiwang's.
 */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createYiwangGateway } from '@yiwang/gateway';

const [supergraphFile = 'supergraph.graphql'] = process.argv.slice(2);
const server = new ApolloServer({
  gateway: createYiwangGateway({ supergraphFile, forwardHeaders: ['x-tenant'] }),
  // Apollo Server's own bounds come first: the gateway's begin where its executor is called.
  parseOptions: { maxTokens: 5_000 },
});
const { url } = await startStandaloneServer(server, { listen: { port: Number(process.env.PORT ?? 4000) } });
console.log(url);
