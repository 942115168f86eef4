/**
 * The process of the exchange: directory, catalogue, grants and apps, with a prober that keeps the directory current.
 */
import { runPlatform } from '@yiwang/platform';
import { type ExchangeConfig, readExchangeConfig } from './config.ts';
import { monitorDirectory } from './directory/directory-monitor.ts';
import { exchange } from './module.ts';

try {
  await serve(readExchangeConfig());
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}

async function serve(network: ExchangeConfig | undefined): Promise<void> {
  await runPlatform([exchange], ({ databaseUrl }) => {
    if (network === undefined) return undefined;
    const onError = (error: unknown): void => {
      process.stderr.write(`the directory was not updated: ${(error as Error).message}\n`);
    };
    return monitorDirectory({ ...network, databaseUrl, onError });
  });
}
