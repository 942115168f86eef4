/** A bounded pool of PostgreSQL connections, and transactions on it. */
import pg from 'pg';

export type Query = <Row extends object>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;

export interface Database {
  /** Commits after `work`; rolls back and rejects if `work` rejects. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly connectionsMax: number;
  readonly connectMs: number;
  readonly statementMs: number;
  /** As `pg_stat_activity` shows it. */
  readonly applicationName: string;
}

/**
 * A connection that ends rejects its current query and also emits an error, which ends the process if nobody listens.
 * The error may come in the same packet with which the pool hands the connection out.
 */
class ListenedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** Connects with the first transaction. The pool replaces connections that break while they are idle. */
export function openDatabase(options: DatabaseOptions): Database {
  const { url, connectionsMax, connectMs, statementMs, applicationName } = options;
  const pool = new pg.Pool({
    connectionString: url,
    Client: ListenedClient,
    max: connectionsMax,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    query_timeout: statementMs + 1_000,
    application_name: applicationName,
  });
  pool.on('error', () => undefined);
  return {
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('begin');
        const result = await work(async (sql, values) => (await client.query(sql, values as unknown[])).rows);
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((failure: Error) => {
          broken = failure;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}
