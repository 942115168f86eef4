/** Creates and seeds the demo network's databases and keys, then exits. A second run with the same data changes nothing. */

import { createHash } from 'node:crypto';
import { prepareDemoKeys } from '@yiwang/gateway/config/keys.ts';
import {
  DATA_END,
  DEMO_PLATFORMS,
  GATEWAY_DATABASE,
  readNetworkConfig,
  seedDatabases,
} from '@yiwang/scripts/demo/index.ts';
import { connectPostgres, SetupError } from '@yiwang/scripts/tools/postgres/index.ts';

try {
  const { folder, scale, databaseUrl } = readNetworkConfig();
  if (databaseUrl === undefined)
    throw new SetupError('DATABASE_URL is not set; expected the URL of a PostgreSQL server');
  const { apiKey } = await prepareDemoKeys(folder);
  const server = await connectPostgres({ databaseUrl });
  await server.createDatabase(GATEWAY_DATABASE);
  await seedDatabases({
    server,
    platforms: DEMO_PLATFORMS,
    scale,
    now: DATA_END,
    appKeyDigest: createHash('sha256').update(apiKey).digest('hex'),
    screen: process.stdout,
    onSeeded: ({ id }) => process.stdout.write(`${id} has its data\n`),
  });
} catch (error) {
  process.stderr.write(`${error instanceof SetupError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
