/**
 * The process of the exchange: directory, catalogue, grants and apps, with a prober that keeps the directory current.
 */
import { connectOwner, runPlatform } from '@yiwang/platform';
import { type ExchangeConfig, readExchangeConfig } from './config.ts';
import { monitorDirectory } from './directory/directory-monitor.ts';
import { type OrganisationRecord, readOrganisationsFile, storeOrganisations } from './directory/organisations.ts';
import { exchange } from './module.ts';

try {
  await serve(readExchangeConfig(), readOrganisationsFile(process.env));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}

async function serve(
  network: ExchangeConfig | undefined,
  organisations: readonly OrganisationRecord[] | undefined,
): Promise<void> {
  const onError = (error: unknown): void => {
    process.stderr.write(`the directory was not updated: ${(error as Error).message}\n`);
  };
  await runPlatform([exchange], ({ databaseUrl }) => {
    if (organisations) void store(databaseUrl, organisations, onError);
    if (network === undefined) return undefined;
    return monitorDirectory({ ...network, databaseUrl, onError });
  });
}

const CONNECT_MS_MAX = 10_000;

async function store(
  url: string,
  organisations: readonly OrganisationRecord[],
  onError: (error: unknown) => void,
): Promise<void> {
  const database = connectOwner({ url, connectMsMax: CONNECT_MS_MAX, onIdleError: onError });
  try {
    const count = await storeOrganisations(database, organisations);
    process.stderr.write(
      `organisation directory: ${organisations.length} in the file, ${count} of them new or changed\n`,
    );
  } catch (error) {
    onError(error);
  } finally {
    await database.close();
  }
}
