/** The measurement of the way in, with few rows: it checks and stores what it says. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createBatchValidator, isRefused } from '@yiwang/schema/rules';
import { startTestPostgres } from '../../testing/postgres.ts';
import type { PostgresServer } from '../../tools/postgres/index.ts';
import { measureChecks, measureStores } from './measure.ts';
import { createCaseRows } from './rows.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startTestPostgres();
  await server.createDatabase('intake');
});
afterAll(() => server.stop());

test('the rows that are measured are valid, and so many of them faulty as is asked', () => {
  const faultyIn = (every: number) => {
    const validate = createBatchValidator('Case');
    return createCaseRows(1000, every).filter((row) => isRefused(validate(row))).length;
  };
  expect([faultyIn(0), faultyIn(10)]).toEqual([0, 100]);
});

test('both measurements give times of all their rows', async () => {
  const rows = createCaseRows(50);
  expect(measureChecks(rows, 3)).toMatchObject({ rows: 50, medianMs: expect.any(Number) });
  const timing = await measureStores(server.url('intake'), rows, 2);
  expect(timing).toMatchObject({ what: 'check and store', rows: 50 });
  expect(timing.medianMs).toBeGreaterThan(0);
});
