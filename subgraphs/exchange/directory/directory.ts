/**
 * The network's platforms in the exchange's database: filled from the list given at start, kept current by the
 * prober.
 */
import type { Tier } from '@yiwang/schema';

/** A connection of the database's owner. */
export interface DirectoryConnection {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

export interface DirectoryEntry {
  /** `<subgraph>/<division>`, e.g. `municipal/420100`. */
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
  /** Canonical division code. */
  readonly division: string;
  /** All divisions that it answers for, `division` among them, if they are several. */
  readonly divisions?: readonly string[];
  readonly subgraphs: readonly string[];
  /** The GraphQL endpoint; `/health` is on the same host and port. */
  readonly url: string;
}

/** The result of one probe. */
export type HealthCheckResult =
  | { readonly kind: 'online'; readonly id: string; readonly standardVersion: string | null }
  | { readonly kind: 'unreachable'; readonly id: string };

/** New platforms start as NEW, known ones keep their state, and those that are not listed are deleted. */
export async function replaceDirectory(
  connection: DirectoryConnection,
  entries: readonly DirectoryEntry[],
  standardVersion: string,
): Promise<void> {
  const rows = entries.map(({ division, divisions = [division], ...entry }) => ({
    ...entry,
    answers_for: division,
    divisions,
    standard_version: standardVersion,
    state: 'NEW',
  }));
  await connection.query('delete from platforms where id <> all($1)', [entries.map(({ id }) => id)]);
  await connection.query(
    `insert into platforms select * from json_populate_recordset(null::platforms, $1)
     on conflict (id) do update set name = excluded.name, tier = excluded.tier, answers_for = excluded.answers_for,
       divisions = excluded.divisions, subgraphs = excluded.subgraphs, url = excluded.url`,
    [JSON.stringify(rows)],
  );
}

export async function recordHealthChecks(
  connection: DirectoryConnection,
  results: readonly HealthCheckResult[],
  seenAt: Date,
): Promise<void> {
  const states = results.map(({ kind }) => (kind === 'online' ? 'ONLINE' : 'UNREACHABLE'));
  const versions = results.map((result) => (result.kind === 'online' ? result.standardVersion : null));
  await connection.query(
    `update platforms set state = seen.state,
       last_seen_at = case seen.state when 'ONLINE' then $4::timestamptz else platforms.last_seen_at end,
       standard_version = coalesce(seen.version, platforms.standard_version)
     from unnest($1::text[], $2::text[], $3::text[]) as seen(id, state, version)
     where platforms.id = seen.id`,
    [results.map(({ id }) => id), states, versions, seenAt],
  );
}
