/** A PostgreSQL server for one test file, in a temporary folder copied from a cluster that was initialised once. */
import { execFile } from 'node:child_process';
import { access, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readBinaries } from '../tools/postgres/binaries.ts';
import { initialiseCluster } from '../tools/postgres/cluster.ts';
import type { PostgresServer } from '../tools/postgres/server.ts';
import { startPostgres } from '../tools/postgres/start-postgres.ts';

const run = promisify(execFile);
const TEMPLATE = join(tmpdir(), `yiwang-test-postgres-18-${process.getuid?.() ?? 'user'}`);

/** Starts an empty server. `stop` also removes its data. */
export async function startTestPostgres(): Promise<PostgresServer> {
  const template = await readTemplate();
  const folder = await mkdtemp(join(tmpdir(), 'yiwang-test-'));
  await rm(folder, { recursive: true });
  await run('cp', ['-a', template, folder]);
  const server = await startPostgres({ folder, durable: false });
  return {
    ...server,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Concurrent test processes each initialise a cluster; the first one is kept. */
async function readTemplate(): Promise<string> {
  const isThere = await access(join(TEMPLATE, 'yiwang-password')).then(
    () => true,
    () => false,
  );
  if (isThere) return TEMPLATE;
  const draft = await mkdtemp(`${TEMPLATE}-`);
  await initialiseCluster(draft, await readBinaries());
  await rename(draft, TEMPLATE).catch(() => rm(draft, { recursive: true, force: true }));
  return TEMPLATE;
}

export type { PostgresServer } from '../tools/postgres/server.ts';
