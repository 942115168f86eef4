/** Makes the demo network's databases and keys, fills them, and ends; a second run with the same data changes nothing. */
import { createHash } from 'node:crypto';
import { prepareDemoKeys } from '@yiwang/gateway/keys.ts';
import { SPAN_END } from '@yiwang/scripts/generate/span.ts';
import { readNetworkConfig } from '@yiwang/scripts/network/config.ts';
import { GATEWAY_DATABASE } from '@yiwang/scripts/network/control.ts';
import { fillDatabases } from '@yiwang/scripts/network/fill.ts';
import { DEMO_PLATFORMS } from '@yiwang/scripts/network/platforms.ts';
import { connectPostgres, SetupError } from '@yiwang/scripts/postgres/index.ts';

try {
  const { folder, scale, databaseUrl } = readNetworkConfig();
  if (databaseUrl === undefined)
    throw new SetupError('DATABASE_URL is not set; expected the URL of a PostgreSQL server');
  const { apiKey } = await prepareDemoKeys(folder);
  const server = await connectPostgres({ databaseUrl });
  await server.createDatabase(GATEWAY_DATABASE);
  await fillDatabases({
    server,
    platforms: DEMO_PLATFORMS,
    scale,
    now: SPAN_END,
    appKeyDigest: createHash('sha256').update(apiKey).digest('hex'),
    screen: process.stdout,
    onFilled: ({ id }) => process.stdout.write(`${id} has its data\n`),
  });
} catch (error) {
  process.stderr.write(`${error instanceof SetupError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
