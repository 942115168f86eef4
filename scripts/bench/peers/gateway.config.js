/** Hive Gateway with the Rust query planner, as its makers describe it for production: connections to subgraphs are kept. */
import { Agent } from 'node:http';
import { defineConfig } from '@graphql-hive/gateway';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

const agent = new Agent({ keepAlive: true });

export const gatewayConfig = defineConfig({
  unifiedGraphHandler,
  customAgent: () => agent,
  graphiql: false,
  landingPage: false,
  logging: 'error',
});
