/** The exchange subgraph as a module of a platform server: directory, catalogue, grants, apps. */
import type { PlatformModule } from '@yiwang/platform';
import { createExchangeLoaders, type ExchangeLoaders } from './loaders.ts';
import { resolvers } from './resolvers.ts';

export const exchange: PlatformModule<ExchangeLoaders> = {
  name: 'exchange',
  schema: new URL('./schema.graphql', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
  resolvers,
  createLoaders: createExchangeLoaders,
};
