/** The national subgraph as a module of a platform server: the standard's reference data. */
import type { PlatformModule } from '@yiwang/platform';
import { createNationalLoaders, type NationalLoaders } from './loaders.ts';
import { resolvers } from './resolvers/index.ts';

export const national: PlatformModule<NationalLoaders> = {
  name: 'national',
  schema: new URL('./schema.graphql', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
  resolvers,
  createLoaders: createNationalLoaders,
};
