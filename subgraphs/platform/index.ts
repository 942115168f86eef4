/** The base of platform servers: what every subgraph module builds on. */

export { type PlatformConfig, PlatformConfigError, readPlatformConfig } from './config.ts';
export { ifPresent, whereClass, whereDuring, whereIn, whereText, whereTruth } from './database/conditions.ts';
export { connectOwner, type OwnerDatabase, type OwnerOptions } from './database/database.ts';
export { createBatchLoader, createGroupLoader } from './database/loaders.ts';
export { type MigrationSource, migrate } from './database/migrate.ts';
export {
  type Edge,
  type Page,
  type PageInfo,
  type PageOrder,
  type PageQuery,
  readPage,
} from './database/page.ts';
export { allOf, compileFragment, type Fragment, joinFragments, raw, runSql, sql } from './database/sql.ts';
export { regionOfPlaces, type Within, whereWithin } from './database/where-within.ts';
export { PlatformError } from './errors.ts';
export { type ClearanceClaims, mayLeaveUnmasked } from './graphql/masking.ts';
export type { RequiredResolvers } from './graphql/required-resolvers.ts';
export { showStageClocks } from './graphql/stage-clocks.ts';
export { GroupBudget } from './group-budget.ts';
export { type CopyTarget, type CopyValue, copyRows } from './intake/copy-rows.ts';
export {
  BATCH_ROWS_MAX,
  type Batch,
  type BatchMode,
  type BatchReceipt,
  type BatchTarget,
  type RefusedRow,
  storeBatch,
} from './intake/store-batch.ts';
export { DEFAULT_LIMITS, type PlatformLimits } from './limits.ts';
export type { Context, Database, PlatformIdentity, PlatformModule, QueryKind, Resolver, Resolvers } from './module.ts';
export { type ReadyMessage, runPlatform } from './run.ts';
export { type Platform, type PlatformOptions, startPlatform } from './server.ts';
