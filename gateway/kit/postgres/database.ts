/** The one door to PostgreSQL: a bounded pool, and transactions. */
import pg from 'pg';

export type Query = <Row extends object>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;

export interface Database {
  /** Commits when `work` is done, rolls back when it throws. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly connectionsMax: number;
  readonly connectMs: number;
  readonly statementMs: number;
}

/**
 * A connection that ends rejects the query that it is at. It also emits an error, at times in the very packet with which the
 * pool hands it out, and without a listener that would end the process.
 */
class ListenedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** Connects at the first transaction. A connection that breaks while idle is dropped and made anew. */
export function openDatabase({ url, connectionsMax, connectMs, statementMs }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    Client: ListenedClient,
    max: connectionsMax,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    query_timeout: statementMs + 1_000,
    application_name: 'yiwang-gateway',
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
