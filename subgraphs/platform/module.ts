/** A subgraph module, and the context that a platform server gives its resolvers. */
import type { PassportClaims, Tier } from '@yiwang/schema';
import type { GroupBudget } from './group-budget.ts';

export interface PlatformIdentity {
  /** `<subgraph>/<division>`, e.g. `municipal/420100`. */
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
  /** Canonical code of the division that the platform answers for. */
  readonly division: string;
}

/**
 * The platform's database within the scope of the passport: row security filters every table that has a division.
 * `name` names the prepared statement; each SQL text needs its own. Statistics are not prepared. A bigint or numeric is
 * returned as a number, a date as `YYYY-MM-DD`, an instant as a `Date`. Throws `PlatformError` if the deadline passed,
 * too many wait, or the database is unreachable.
 */
export interface Database {
  query<Row extends object>(name: string, sql: string, values?: readonly unknown[], kind?: QueryKind): Promise<Row[]>;
}

/** Statistics read many rows. They use a part of the connections, so that other queries go on. Default `rows`. */
export type QueryKind = 'rows' | 'statistics';

export interface Context<Loaders = unknown> {
  readonly platform: PlatformIdentity;
  readonly passport: PassportClaims;
  readonly db: Database;
  /** The groups that the statistics of the request may still return. */
  readonly groups: GroupBudget;
  /** The present of the answer, which decides what is overdue or open. */
  readonly now: Date;
  /** The subgraph that the query is for, as the gateway names it; undefined for a caller that names none. */
  readonly subgraph: string | undefined;
  readonly loaders: Loaders;
}

// biome-ignore lint/suspicious/noExplicitAny: resolver arguments are typed by the generated types of each subgraph
export type Resolver = (parent: any, args: any, context: any, info: any) => unknown;
export type Resolvers = Readonly<Record<string, Readonly<Record<string, Resolver>>>>;

/**
 * One subgraph's part of a platform server. A server may have several (the municipal one: `municipal` and
 * `supervision`).
 */
export interface PlatformModule<Loaders extends object = object> {
  readonly name: string;
  /** The subgraph's `schema.graphql`; shared definitions and directives come from `schema/sdl/graphql`. */
  readonly schema: URL;
  /** A folder of `.sql` files, applied in the order of their names, each once. */
  readonly migrations: URL;
  /** `{ Type: { field } }`; `__resolveReference` resolves an entity from `{ __typename, …key }`. */
  readonly resolvers: Resolvers;
  /** Called for each request. The loaders of all modules of a server share one object. */
  createLoaders(context: Omit<Context, 'loaders'>): Loaders;
}
