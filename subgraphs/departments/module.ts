/** Departments of every tier with their three lists: every platform server but the exchange has this module. */
import type { PlatformModule } from '@yiwang/platform';
import { createDepartmentsLoaders, type DepartmentsLoaders } from './loaders.ts';
import { resolvers } from './resolvers.ts';

export const departments: PlatformModule<DepartmentsLoaders> = {
  name: 'departments',
  schema: new URL('./schema.graphql', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
  resolvers,
  createLoaders: createDepartmentsLoaders,
};
