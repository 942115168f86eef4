/** Keys → one batch, per request. */
import { type Context, createGroupLoader } from '@yiwang/platform';
import { prefixOf } from '@yiwang/schema';
import DataLoader from 'dataloader';
import { visibleClasses } from './catalogue-visibility.ts';
import { type CatalogueFieldRow, type PlatformRow, readCatalogueFields, readPlatformsOf } from './store.ts';

export interface ExchangeLoaders {
  /** By division: the platform that answers for it in the municipal subgraph. */
  readonly municipalPlatform: DataLoader<string, PlatformRow | null>;
  readonly catalogueFields: DataLoader<string, readonly CatalogueFieldRow[]>;
}

export function createExchangeLoaders({ db, passport }: Omit<Context, 'loaders'>): ExchangeLoaders {
  return {
    municipalPlatform: new DataLoader(
      async (divisions: readonly string[]) => {
        const byPrefix = new Map((await readPlatformsOf(db, 'municipal')).map((row) => [row.prefix, row]));
        return divisions.map((division) => longestPrefix(byPrefix, prefixOf(division)));
      },
      { maxBatchSize: 1000 },
    ),
    catalogueFields: createGroupLoader(
      (entries: readonly string[]) => readCatalogueFields(db, visibleClasses(passport), entries),
      (row) => row.entry,
    ),
  };
}

function longestPrefix(byPrefix: ReadonlyMap<string, PlatformRow>, prefix: string): PlatformRow | null {
  for (let length = prefix.length; length >= 0; length--) {
    const platform = byPrefix.get(prefix.slice(0, length));
    if (platform) return platform;
  }
  return null;
}
