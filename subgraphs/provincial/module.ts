/** The provincial subgraph as a module of a platform server: what an upper tier holds of the tiers below. */
import type { PlatformModule } from '@yiwang/platform';
import { createProvincialLoaders, type ProvincialLoaders } from './loaders.ts';
import { resolvers } from './resolvers.ts';

export const provincial: PlatformModule<ProvincialLoaders> = {
  name: 'provincial',
  schema: new URL('./schema.graphql', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
  resolvers,
  createLoaders: createProvincialLoaders,
};
