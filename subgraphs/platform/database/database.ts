/**
 * The platform's database within a caller's scope. Every connection runs as a role that owns nothing, and gets the
 * scope before a query if its last query had another one.
 */
import { boundsOf, regionOfBounds } from '@yiwang/schema';
import pg from 'pg';
import { PlatformError } from '../errors.ts';
import type { PlatformLimits } from '../limits.ts';
import type { Database, QueryKind } from '../module.ts';
import type { RequestCancellation } from '../request-cancellation.ts';
import { ConnectionQuota, createOverloadError } from './connection-quota.ts';

export const PLATFORM_ROLE = 'yiwang_platform';

export interface PlatformDatabase {
  /**
   * The database for one request. `scope` are the bounds of a region, `endsAtMs` is on the clock of
   * `performance.now()`.
   */
  forCaller(caller: Caller): Database;
  /** Milliseconds of one round trip. Throws if the database is unreachable. */
  check(): Promise<number>;
  /** Waits for the queries in flight. */
  close(): Promise<void>;
}

export interface Caller {
  readonly scope: readonly string[];
  /** The public, `open`, sees the rows alone that are for it (`open_rows` in the migrations). Default: `open`. */
  readonly audience?: string;
  readonly endsAtMs: number;
  /** Cancels running statements. Default: the timeout of the database ends them. */
  readonly cancellation?: RequestCancellation;
}

/** The database with the rights of its owner, past row security: for the platform's own records, never for a caller. */
export interface OwnerDatabase {
  query(text: string, values: unknown[]): Promise<{ readonly rows: unknown[] }>;
  /** Waits for the queries in flight. */
  close(): Promise<void>;
}

export interface OwnerOptions {
  readonly url: string;
  /** The longest that connecting may take. */
  readonly connectMsMax: number;
  /** Called when an idle connection breaks. */
  readonly onIdleError: (error: Error) => void;
}

export interface DatabaseOptions {
  readonly url: string;
  /** What queries run as. Default: `yiwang_platform`. */
  readonly role?: string;
  readonly limits: Pick<PlatformLimits, 'connectionsMax' | 'statisticsConnectionsMax' | 'queueMax' | 'deadlineMsMax'>;
  /** Called when an idle connection breaks. */
  readonly onIdleError?: (error: Error) => void;
}

/** A connection that remembers its settings. */
class ScopedClient extends pg.Client {
  settings = '';
  /** Of the process that serves it; known once it is connected. */
  declare readonly processID: number;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // A connection that ends rejects its query. It also emits an error, at times in the very packet with which the pool hands
    // it out, and without a listener that would end the process.
    this.on('error', () => undefined);
  }
}

const IDLE_MS = 60_000;
const TIMEOUT_MS_MIN = 64;
const CANCEL_MS_MAX = 2_000;
const QUERY_CANCELED = '57014';
const CHARACTER_NOT_IN_REPERTOIRE = '22021';
const SET_SCOPE = `select set_config('yiwang.low', $1, false), set_config('yiwang.high', $2, false),
  set_config('yiwang.bounds', $3, false), set_config('yiwang.audience', $4, false),
  set_config('statement_timeout', $5, false)`;

const INT8 = 20;
const DATE = 1082;
const NUMERIC = 1700;
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: Number,
  [NUMERIC]: Number,
  [DATE]: (text) => text,
};
const types = {
  getTypeParser: ((type: number, format?: 'text') =>
    parsers[type] ?? pg.types.getTypeParser(type, format)) as typeof pg.types.getTypeParser,
};

/** One connection, opened at the first query and again after it broke. */
export function connectOwner({ url, connectMsMax, onIdleError }: OwnerOptions): OwnerDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: connectMsMax, types });
  pool.on('error', onIdleError);
  return {
    query: (text, values) => pool.query(text, values),
    close: () => pool.end(),
  };
}

export function connectDatabase({ url, role = PLATFORM_ROLE, limits, onIdleError }: DatabaseOptions): PlatformDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    Client: ScopedClient,
    max: limits.connectionsMax,
    idleTimeoutMillis: IDLE_MS,
    connectionTimeoutMillis: limits.deadlineMsMax,
    options: `-c role=${role} -c plan_cache_mode=force_custom_plan`,
    types,
  });
  pool.on('error', (error) => onIdleError?.(error));
  // Cancelling needs a connection of its own: it must not wait for the connections that it frees.
  const control = new pg.Pool({
    connectionString: url,
    max: 1,
    idleTimeoutMillis: IDLE_MS,
    connectionTimeoutMillis: CANCEL_MS_MAX,
    query_timeout: CANCEL_MS_MAX,
  });
  control.on('error', () => undefined);
  const pools = { pool, control };
  const statistics = new ConnectionQuota(limits.statisticsConnectionsMax, limits.queueMax);

  return {
    forCaller: (caller) => createDatabase(pools, caller, { queueMax: limits.queueMax, statistics }),
    async check() {
      const startMs = performance.now();
      await pool.query('select 1');
      return performance.now() - startMs;
    },
    async close() {
      await pool.end();
      await control.end();
    },
  };
}

interface Pools {
  readonly pool: pg.Pool;
  readonly control: pg.Pool;
}

interface QueryQuotas {
  readonly queueMax: number;
  readonly statistics: ConnectionQuota;
}

function createDatabase(
  pools: Pools,
  { scope, audience = 'open', endsAtMs, cancellation }: Caller,
  { queueMax, statistics }: QueryQuotas,
): Database {
  const settings = [...scopeSettings(scope), audience];
  const run = async <Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> => {
    const leftMs = endsAtMs - performance.now();
    if (leftMs <= 0 || cancellation?.isCancelled) throw createLateError();
    if (pools.pool.waitingCount >= queueMax) throw createOverloadError();
    return withTimeout(
      leftMs,
      runQuery<Row>(pools, { name, text, values: [...values] }, { settings, endsAtMs, cancellation }),
    );
  };
  return {
    // A statistic is not prepared: its texts are as many as choices of counts, and its plan should know its period.
    query: <Row extends object>(
      name: string,
      text: string,
      values: readonly unknown[] = [],
      kind: QueryKind = 'rows',
    ) =>
      kind === 'rows' ? run<Row>(name, text, values) : statistics.run(cancellation, () => run<Row>('', text, values)),
  };
}

interface QueryTerms {
  /** Low, high, bounds, audience. */
  readonly settings: readonly string[];
  readonly endsAtMs: number;
  readonly cancellation: RequestCancellation | undefined;
}

async function runQuery<Row extends object>(pools: Pools, query: pg.QueryConfig, terms: QueryTerms): Promise<Row[]> {
  let client: (pg.PoolClient & ScopedClient) | undefined;
  let broken = false;
  let cancelRequest: Promise<unknown> | undefined;
  let unsubscribe: (() => void) | undefined;
  try {
    const connected = (await pools.pool.connect()) as pg.PoolClient & ScopedClient;
    client = connected;
    const leftMs = terms.endsAtMs - performance.now();
    if (leftMs <= 0 || terms.cancellation?.isCancelled) throw createLateError();
    unsubscribe = terms.cancellation?.onCancel(() => {
      cancelRequest = cancelStatement(pools.control, connected.processID);
    });
    await applySettings(connected, [...terms.settings, String(timeoutStep(leftMs))]);
    return (await connected.query<Row>(query)).rows;
  } catch (error) {
    broken = isConnectionFault(error);
    throw errorOf(error, broken);
  } finally {
    unsubscribe?.();
    await cancelRequest;
    // A cancellation may arrive after its statement has ended: it must not hit the next one of this connection.
    client?.release(broken || cancelRequest !== undefined);
  }
}

/** Asks the server to cancel the statement of a process. If that fails, the timeout of the statement ends it. */
async function cancelStatement(control: pg.Pool, processId: number): Promise<void> {
  await control.query('select pg_cancel_backend($1)', [processId]).catch(() => undefined);
}

async function applySettings(client: ScopedClient, settings: readonly string[]): Promise<void> {
  const key = settings.join('|');
  if (client.settings === key) return;
  client.settings = '';
  await client.query({ name: 'set_scope', text: SET_SCOPE, values: [...settings] });
  client.settings = key;
}

/** The outer range uses the index. The bounds are the exact test, which a region of one range does not need. */
function scopeSettings(scope: readonly string[]): readonly [string, string, string] {
  const bounds = boundsOf(regionOfBounds(scope));
  const [low, high] = [bounds[0], bounds[bounds.length - 1]];
  if (low === undefined || high === undefined) return ['~', '', ''];
  return [low, high, bounds.length > 2 ? bounds.join(',') : ''];
}

/** The next power of two, so that connections seldom change it. `withTimeout` keeps the exact deadline. */
function timeoutStep(leftMs: number): number {
  return Math.max(TIMEOUT_MS_MIN, 2 ** Math.ceil(Math.log2(leftMs)));
}

/**
 * The result of the work. Throws `PlatformError` `PLATFORM_LATE` when the time is up; the work then goes on
 * unobserved.
 */
export async function withTimeout<T>(leftMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(createLateError()), leftMs);
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
  }
}

function createLateError(): PlatformError {
  return new PlatformError('PLATFORM_LATE', 'the time for the answer was up before the database answered');
}

function errorOf(error: unknown, broken: boolean): unknown {
  const { code, message } = error as { code?: string; message?: string };
  if (code === QUERY_CANCELED || message === 'timeout exceeded when trying to connect') return createLateError();
  if (code === CHARACTER_NOT_IN_REPERTOIRE) {
    return new PlatformError('BAD_USER_INPUT', 'a text holds the character U+0000, which nothing here can hold');
  }
  if (!broken) return error;
  return new PlatformError('PLATFORM_UNREACHABLE', "the platform's database is out of reach", { cause: error });
}

/** SQLSTATE classes 08 (connection), 57P (shut down) and 53 (no resources), and what the socket says. */
function isConnectionFault(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return (
    /^(08|57P|53|E[A-Z]{3,})/.test(code ?? '') || /^(Connection terminated|Client has encountered)/.test(message ?? '')
  );
}
