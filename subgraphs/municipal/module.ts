/** The municipal subgraph: city, district and street platforms alike. */
import type { PlatformModule } from '@yiwang/platform';
import { createMunicipalLoaders, type MunicipalLoaders } from './loaders.ts';
import { resolvers } from './resolvers/index.ts';

export const municipal: PlatformModule<MunicipalLoaders> = {
  name: 'municipal',
  schema: new URL('./schema.graphql', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
  resolvers,
  createLoaders: createMunicipalLoaders,
};
