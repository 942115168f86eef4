/** The platform server kit: what every subgraph module builds on. */

export { type PlatformConfig, PlatformConfigError, readPlatformConfig } from './config.ts';
export { connectOwner, type OwnerDatabase, type OwnerOptions } from './database.ts';
export { PlatformError, type PlatformErrorCode } from './errors.ts';
export { GroupBudget } from './group-budget.ts';
export { DEFAULT_LIMITS, type PlatformLimits } from './limits.ts';
export { createBatchLoader, createGroupLoader } from './loaders.ts';
export { mayLeaveClear } from './masking.ts';
export { type Migrated, migrate } from './migrate.ts';
export type { Context, Database, PlatformIdentity, PlatformModule, QueryKind, Resolver, Resolvers } from './module.ts';
export {
  type Edge,
  type Page,
  type PageInfo,
  type PageOrder,
  type PageQuery,
  readPage,
} from './page.ts';
export type { Needed } from './resolver-types.ts';
export { type ReadyMessage, runPlatform } from './run.ts';
export { type Platform, type PlatformOptions, startPlatform } from './server.ts';
export { allOf, compileFragment, type Fragment, joinFragments, raw, runSql, sql } from './sql.ts';
export { supervision } from './supervision/module.ts';
export { whereWithin } from './within.ts';
