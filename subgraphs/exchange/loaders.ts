/** Keys → one batch, per request. */
import { type Context, createBatchLoader, createGroupLoader } from '@yiwang/platform';
import { prefixOf, takenOverPrefixes } from '@yiwang/schema';
import DataLoader from 'dataloader';
import { visibleClasses } from './catalogue-visibility.ts';
import {
  type CatalogueFieldRow,
  type OrganisationRow,
  type PlatformRow,
  readCatalogueFields,
  readOrganisations,
  readPlatformsOf,
} from './store.ts';

export interface ExchangeLoaders {
  /** By division: the platform that answers for it in the municipal subgraph. */
  readonly municipalPlatform: DataLoader<string, PlatformRow | null>;
  readonly organisation: DataLoader<string, OrganisationRow | null>;
  readonly catalogueFields: DataLoader<string, readonly CatalogueFieldRow[]>;
}

export function createExchangeLoaders({ db, passport }: Omit<Context, 'loaders'>): ExchangeLoaders {
  return {
    municipalPlatform: new DataLoader(
      async (divisions: readonly string[]) => {
        const byPrefix = platformsByPrefix(await readPlatformsOf(db, 'municipal'));
        return divisions.map((division) => longestPrefix(byPrefix, prefixOf(division)));
      },
      { maxBatchSize: 1000 },
    ),
    organisation: createBatchLoader(
      (codes: readonly string[]) => readOrganisations(db, codes),
      (row) => row.code,
    ),
    catalogueFields: createGroupLoader(
      (entries: readonly string[]) => readCatalogueFields(db, visibleClasses(passport), entries),
      (row) => row.entry,
    ),
  };
}

/** A code that several took over, such as a district and its city, is that of the lowest; a division's own comes first. */
function platformsByPrefix(rows: readonly PlatformRow[]): ReadonlyMap<string, PlatformRow> {
  const owned = rows.flatMap((row) => row.divisions.map((division) => ({ row, division, prefix: prefixOf(division) })));
  owned.sort((a, b) => a.prefix.length - b.prefix.length);
  return new Map([
    ...owned.flatMap(({ row, division }) =>
      takenOverPrefixes(division).map((prefix): [string, PlatformRow] => [prefix, row]),
    ),
    ...owned.map(({ row, prefix }): [string, PlatformRow] => [prefix, row]),
  ]);
}

function longestPrefix(byPrefix: ReadonlyMap<string, PlatformRow>, prefix: string): PlatformRow | null {
  for (let length = prefix.length; length >= 0; length--) {
    const platform = byPrefix.get(prefix.slice(0, length));
    if (platform) return platform;
  }
  return null;
}
