/**
 * Supervision orders: every tier issues them to the divisions below, so every platform server but the exchange has
 * this module.
 */
import type { PlatformModule } from '@yiwang/platform';
import { createSupervisionLoaders, type SupervisionLoaders } from './loaders.ts';
import { resolvers } from './resolvers.ts';

export { countOrders, type OrderGroup, type OrderTable } from './order-statistics.ts';
export { type OrderStatusFilter, overdueCondition, whereOrderStatus } from './order-status.ts';

export const supervision: PlatformModule<SupervisionLoaders> = {
  name: 'supervision',
  schema: new URL('./schema.graphql', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
  resolvers,
  createLoaders: createSupervisionLoaders,
};
