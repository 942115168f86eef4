/** What a subgraph module is, and what a platform server hands to its resolvers. */
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
 * The platform's database as this caller may see it: row security narrows every table that has a division to the passport's
 * scope. `name` is the name of the prepared statement; give each SQL text its own. A bigint or numeric comes as a number, a
 * date as `YYYY-MM-DD`, an instant as a `Date`. Throws `PlatformError` where the deadline passed, too many wait, or the
 * database is out of reach.
 */
export interface Database {
  query<Row extends object>(name: string, sql: string, values?: readonly unknown[], kind?: QueryKind): Promise<Row[]>;
}

/** Statistics read many rows: they get a share of the connections alone, so that other questions go on. Default `rows`. */
export type QueryKind = 'rows' | 'statistics';

export interface Context<Loaders = unknown> {
  readonly platform: PlatformIdentity;
  readonly passport: PassportClaims;
  readonly db: Database;
  /** What the statistics of the request may still come to. */
  readonly groups: GroupBudget;
  /** The clock of the answer: what "overdue" and "open" are measured against. */
  readonly now: Date;
  readonly loaders: Loaders;
}

// biome-ignore lint/suspicious/noExplicitAny: resolver arguments are typed by the generated types of each subgraph
export type Resolver = (parent: any, args: any, context: any, info: any) => unknown;
export type Resolvers = Readonly<Record<string, Readonly<Record<string, Resolver>>>>;

/** One subgraph's part of a platform server. A server may have several (the municipal one: `municipal` and `supervision`). */
export interface PlatformModule<Loaders extends object = object> {
  readonly name: string;
  /** The subgraph's `schema.graphql`; shared definitions and directives come from `schema/sdl/graphql`. */
  readonly schema: URL;
  /** A folder of `.sql` files, applied in the order of their names, each once. */
  readonly migrations: URL;
  /** `{ Type: { field } }`; `__resolveReference` resolves an entity from `{ __typename, …key }`. */
  readonly resolvers: Resolvers;
  /** Made anew for each request; the loaders of all modules of a server share one object. */
  createLoaders(context: Omit<Context, 'loaders'>): Loaders;
}
