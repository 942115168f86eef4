/** Makes the demo network's databases and keys, fills them, and ends; a second run with the same data changes nothing. */
import { createHash } from 'node:crypto';
import { prepareDemoKeys } from '@yiwang/gateway/config/keys.ts';
import { GATEWAY_DATABASE } from '@yiwang/scripts/demo/control/control.ts';
import { DATA_END } from '@yiwang/scripts/demo/data/data-period.ts';
import { readNetworkConfig } from '@yiwang/scripts/demo/network/config.ts';
import { DEMO_PLATFORMS } from '@yiwang/scripts/demo/platforms.ts';
import { seedDatabases } from '@yiwang/scripts/demo/seed/seed-databases.ts';
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
