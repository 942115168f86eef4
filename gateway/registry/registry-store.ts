/** The registry in PostgreSQL: versions, moves of the pointer, checks of platforms, and usage. */
import { sha256 } from '../kit/crypto/digest.ts';
import type { KeyPair } from '../kit/crypto/key-files.ts';
import type { Database, Query } from '../kit/postgres/database.ts';
import { type SignedTexts, signVersion } from './version-signature.ts';

export interface SchemaTexts {
  readonly supergraph: string;
  /** Text of the schema of each subgraph, by name; empty if they are not known. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** Version of the data standard. */
  readonly standard: string;
}

/** A version as lists show it. */
export interface VersionSummary {
  readonly number: number;
  readonly digest: string;
  readonly standard: string;
  readonly note: string;
  readonly publishedAt: Date;
  readonly publishedBy: string;
}

export interface RegisteredVersion extends VersionSummary, SignedTexts {
  readonly signature: string;
}

export interface Move {
  readonly number: number;
  readonly version: number;
  readonly kind: 'PROMOTE' | 'ROLLBACK';
  readonly reason: string;
  readonly movedAt: Date;
  readonly movedBy: string;
}

export interface PlatformCheck {
  readonly platform: string;
  /** The version of the standard that the platform states; null if it states none. */
  readonly standard: string | null;
  readonly outcome: 'CONFORMS' | 'PARTIAL' | 'BREACH' | 'UNREACHABLE';
  readonly breaches: number;
  readonly lacks: number;
}

/** Uses of one coordinate by one caller in a span of days. */
export interface Usage {
  readonly coordinate: string;
  readonly audience: string;
  readonly caller: string;
  readonly uses: number;
  /** `YYYY-MM-DD`, the first and the last day with a use in the span. */
  readonly firstDay: string;
  readonly lastDay: string;
}

export interface CountedUse {
  readonly coordinate: string;
  readonly day: string;
  readonly audience: string;
  readonly caller: string;
  readonly uses: number;
}

/** Lock of those who publish: numbers have no gap. */
const PUBLISH_LOCK = 0x79_69_77_76;
const SUMMARY = `number::int, digest, standard, note, published_at as "publishedAt", published_by as "publishedBy"`;
const VERSION = `${SUMMARY}, supergraph, subgraphs, signature`;
const MOVE = `number::int, version::int, kind, reason, moved_at as "movedAt", moved_by as "movedBy"`;

/** Returns the version that has this supergraph already, if there is one: texts are registered once. */
export async function publishVersion(
  database: Database,
  texts: SchemaTexts,
  { note, by, key }: { readonly note: string; readonly by: string; readonly key: KeyPair },
): Promise<{ readonly version: VersionSummary; readonly isNew: boolean }> {
  return database.transaction(async (query) => {
    await query('select pg_advisory_xact_lock($1)', [PUBLISH_LOCK]);
    const digest = sha256(texts.supergraph);
    const [same] = await query<VersionSummary>(`select ${SUMMARY} from registry.versions where digest = $1`, [digest]);
    if (same) return { version: same, isNew: false };
    const [last] = await query<{ number: number }>(
      'select coalesce(max(number), 0)::int as number from registry.versions',
    );
    const number = last!.number + 1;
    const publishedAt = new Date();
    const signature = await signVersion({ ...texts, number, publishedAt, publishedBy: by }, key);
    const [version] = await query<VersionSummary>(
      `insert into registry.versions (number, digest, standard, supergraph, subgraphs, note, published_at, published_by, signature)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${SUMMARY}`,
      [
        number,
        digest,
        texts.standard,
        texts.supergraph,
        JSON.stringify(texts.subgraphs),
        note,
        publishedAt,
        by,
        signature,
      ],
    );
    return { version: version!, isNew: true };
  });
}

/** Newest first. */
export function listVersions(database: Database): Promise<VersionSummary[]> {
  return database.transaction((query) => query(`select ${SUMMARY} from registry.versions order by number desc`));
}

export async function readVersion(database: Database, number: number): Promise<RegisteredVersion | undefined> {
  return database.transaction(async (query) => {
    const [version] = await query<RegisteredVersion>(`select ${VERSION} from registry.versions where number = $1`, [
      number,
    ]);
    return version;
  });
}

/** The version that gateways serve; undefined before the first promotion. */
export function readPromoted(database: Database): Promise<RegisteredVersion | undefined> {
  return database.transaction(async (query) => {
    const [version] = await query<RegisteredVersion>(
      `select ${VERSION} from registry.versions
       where number = (select version from registry.moves order by number desc limit 1)`,
    );
    return version;
  });
}

/** Newest first. */
export function listMoves(database: Database): Promise<Move[]> {
  return database.transaction((query) => query(`select ${MOVE} from registry.moves order by number desc`));
}

export interface MoveOptions {
  readonly by: string;
  readonly reason: string;
}

/** Throws an `Error` for a version that is not registered, or that is promoted already. */
export function promote(database: Database, version: number, options: MoveOptions): Promise<Move> {
  return database.transaction(async (query) => {
    const [known] = await query('select 1 from registry.versions where number = $1', [version]);
    if (!known) throw new Error(`there is no version ${version} in the registry`);
    const [current] = await movesUnderLock(query);
    if (current?.version === version) throw new Error(`version ${version} is promoted already`);
    return addMove(query, { ...options, version, kind: 'PROMOTE' });
  });
}

/** Moves the pointer to the version that was served before. Throws an `Error` if there was none. */
export function rollback(database: Database, options: MoveOptions): Promise<Move> {
  return database.transaction(async (query) => {
    const moves = await movesUnderLock(query);
    const before = versionBefore(moves);
    if (before === undefined) throw new Error('there is no version before the one that is served');
    return addMove(query, { ...options, version: before, kind: 'ROLLBACK' });
  });
}

/** A rollback takes its promotion back, so that two rollbacks in a row go two versions back. */
function versionBefore(newestFirst: readonly Move[]): number | undefined {
  const stack: number[] = [];
  for (const { kind, version } of [...newestFirst].reverse()) {
    if (kind === 'ROLLBACK') stack.pop();
    else stack.push(version);
  }
  return stack.at(-2);
}

function movesUnderLock(query: Query): Promise<Move[]> {
  return query<Move>('lock table registry.moves in share row exclusive mode').then(() =>
    query<Move>(`select ${MOVE} from registry.moves order by number desc`),
  );
}

async function addMove(
  query: Query,
  { version, kind, reason, by }: MoveOptions & Pick<Move, 'version' | 'kind'>,
): Promise<Move> {
  const [move] = await query<Move>(
    `insert into registry.moves (version, kind, reason, moved_by) values ($1, $2, $3, $4) returning ${MOVE}`,
    [version, kind, reason, by],
  );
  return move!;
}

export async function recordChecks(
  database: Database,
  version: number,
  checks: readonly PlatformCheck[],
): Promise<void> {
  await database.transaction((query) =>
    query(
      `insert into registry.platform_checks (platform, version, standard, outcome, breaches, lacks)
       select platform, $1, standard, outcome, breaches, lacks
       from jsonb_to_recordset($2) as row (platform text, standard text, outcome text, breaches int, lacks int)
       on conflict (platform, version) do update set standard = excluded.standard, outcome = excluded.outcome,
         breaches = excluded.breaches, lacks = excluded.lacks, checked_at = clock_timestamp()`,
      [version, JSON.stringify(checks)],
    ),
  );
}

export async function addUsage(database: Database, uses: readonly CountedUse[]): Promise<void> {
  await database.transaction((query) => query('select registry.add_usage($1)', [JSON.stringify(uses)]));
}

/** Of the coordinates, or of all if there is no list, since a day; the most used first. */
export function readUsage(
  database: Database,
  { since, coordinates }: { readonly since: string; readonly coordinates?: readonly string[] },
): Promise<Usage[]> {
  return database.transaction((query) =>
    query(
      `select coordinate, audience, caller, sum(uses)::float8 as uses,
         min(day)::text as "firstDay", max(day)::text as "lastDay"
       from registry.usage where day >= $1::date and ($2::text[] is null or coordinate = any ($2))
       group by coordinate, audience, caller order by uses desc, coordinate, audience, caller`,
      [since, coordinates ?? null],
    ),
  );
}

/** Resolves to how many rows went. */
export function deleteUsageBefore(database: Database, day: string): Promise<number> {
  return database.transaction(async (query) => {
    const [row] = await query<{ count: number }>(
      'with gone as (delete from registry.usage where day < $1::date returning 1) select count(*)::int as count from gone',
      [day],
    );
    return row!.count;
  });
}
