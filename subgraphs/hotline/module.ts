/** The hotline subgraph: a city's platform takes in the requests of the whole city, its districts included. */
import type { PlatformModule } from '@yiwang/platform';
import { createHotlineLoaders, type HotlineLoaders } from './loaders.ts';
import { resolvers } from './resolvers.ts';

export const hotline: PlatformModule<HotlineLoaders> = {
  name: 'hotline',
  schema: new URL('./schema.graphql', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
  resolvers,
  createLoaders: createHotlineLoaders,
};
