/** `npm run intake`: how long a batch of 10,000 cases takes on its way in. */
import { BATCH_ROWS_MAX } from '@yiwang/platform';
import { startTestPostgres } from '../../testing/postgres.ts';
import { measureChecks, measureStores, type Timing } from './measure.ts';
import { createCaseRows } from './rows.ts';

const RUNS = 15;

function print(label: string, { what, rows, firstMs, medianMs, cpuMs }: Timing): void {
  const rate = Math.round((rows / medianMs) * 1000).toLocaleString('en-US');
  const times = `median ${medianMs.toFixed(1)} ms (${cpuMs.toFixed(1)} ms of CPU), first ${firstMs.toFixed(1)} ms`;
  console.log(`${what}, ${rows.toLocaleString('en-US')} rows, ${label}: ${times}, ${rate} rows a second`);
}

const valid = createCaseRows(BATCH_ROWS_MAX);
const faulty = createCaseRows(BATCH_ROWS_MAX, 10);
print('all valid', measureChecks(valid, RUNS));
print('one in ten with two faults', measureChecks(faulty, RUNS));
const server = await startTestPostgres();
try {
  await server.createDatabase('intake');
  print('all valid', await measureStores(server.url('intake'), valid, RUNS));
  print('one in ten with two faults', await measureStores(server.url('intake'), faulty, RUNS));
} finally {
  await server.stop();
}
