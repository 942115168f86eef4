/** Records on a PostgreSQL for tests, and entries to append. */
import pg from 'pg';
import { startTestPostgres } from '../../scripts/testing/postgres.ts';
import { createKeyedDigest } from '../kit/crypto/keyed-digest.ts';
import { type Database, openDatabase } from '../kit/postgres/database.ts';
import type { RecordEntry } from '../model/record-entry.ts';
import type { Rights } from '../model/rights.ts';
import { prepareRecord, type RecordRoles } from './database/prepare-record.ts';
import { createRecordStore, type RecordStore } from './database/record-store.ts';

export const digest = createKeyedDigest('secret');

export const RIGHTS: Rights = {
  subject: 'wuhan',
  tier: 'MUNICIPAL',
  division: '420100',
  department: '114201000100011972',
  roles: [],
  audience: 'department',
  region: [['4201', '4202']],
  classes: ['OPEN', 'SHARED'],
  unmasked: false,
  purpose: '火灾隐患排查',
  matter: '420106001001-C-1',
  fingerprint: 'f'.repeat(64),
};

export function recordEntry(changes: Partial<RecordEntry> = {}): RecordEntry {
  return {
    receivedAt: new Date('2026-11-01T00:00:00Z'),
    requestId: 'r1',
    rights: RIGHTS,
    operation: {
      name: 'q',
      hash: 'h',
      text: 'query q{name}',
      variables: '{"within":"420100"}',
      sentDigest: 's',
      fields: { OPEN: ['Query.name'] },
    },
    refusedText: undefined,
    address: undefined,
    platforms: ['municipal/420100'],
    rows: 3,
    outcome: 'answered',
    codes: [],
    durationMs: 12,
    answerDigest: 'd',
    ...changes,
  };
}

export interface TestRecord {
  readonly store: RecordStore;
  readonly database: Database;
  readonly roles: RecordRoles;
  readonly record: string;
  /** A connection of the owner. */
  readonly client: pg.Client;
  /** URL of the database for the owner. */
  readonly url: string;
}

export interface TestRecords {
  /** Runs `work` with a new record; `before` gets the empty database. */
  with<Result>(
    work: (record: TestRecord) => Promise<Result>,
    before?: (client: pg.Client) => Promise<unknown>,
  ): Promise<Result>;
  stop(): Promise<void>;
}

export async function startTestRecords(): Promise<TestRecords> {
  const postgres = await startTestPostgres();
  let recordCount = 0;
  return {
    async with(work, before) {
      const name = `record_${++recordCount}`;
      await postgres.createDatabase(name);
      const url = postgres.url(name);
      const database = openDatabase({
        url,
        connectionsMax: 4,
        connectMs: 5_000,
        statementMs: 5_000,
        applicationName: 'yiwang-gateway',
      });
      const client = new pg.Client({ connectionString: url });
      // Tests terminate connections, this one among them.
      client.on('error', () => undefined);
      await client.connect();
      try {
        await before?.(client);
        const { roles, record } = await prepareRecord(database);
        const store = createRecordStore(database, roles, digest);
        return await work({ store, database, roles, record, client, url });
      } finally {
        await client.end();
        await database.close();
      }
    },
    stop: () => postgres.stop(),
  };
}
