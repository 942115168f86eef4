/** The process of the exchange: directory, catalogue, grants and apps, with a prober that keeps the directory current. */
import { runPlatform } from '@yiwang/platform';
import { readExchangeConfig } from './config.ts';
import { exchange } from './index.ts';
import { watchDirectory } from './watch.ts';

await runPlatform([exchange], ({ databaseUrl }) => {
  const config = readExchangeConfig();
  if (config === undefined) return undefined;
  return watchDirectory({
    ...config,
    databaseUrl,
    onError: (error) => process.stderr.write(`the directory was not updated: ${(error as Error).message}\n`),
  });
});
