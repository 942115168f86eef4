/** Keys → one batch, per request. */
import { type Context, createBatchLoader, createGroupLoader } from '@yiwang/platform';
import DataLoader from 'dataloader';
import { childrenOn, formerDivision } from './divisions-of-the-day.ts';
import {
  type CategoryRow,
  type ChildrenKey,
  type ConditionRow,
  countChildren,
  type DivisionRow,
  type IndicatorRow,
  type RegulationRow,
  readCategories,
  readChildren,
  readConditions,
  readCounterparts,
  readDivisions,
  readIndicators,
  readRegulationsById,
  readSubcategories,
} from './store.ts';

export interface NationalLoaders {
  readonly division: DataLoader<string, DivisionRow | null>;
  /** One row more than the key's `first`, if there are that many. */
  readonly divisionChildren: DataLoader<ChildrenKey, readonly DivisionRow[]>;
  readonly divisionChildrenCount: DataLoader<string, { readonly count: number } | null>;
  readonly category: DataLoader<string, CategoryRow | null>;
  readonly subcategories: DataLoader<string, readonly CategoryRow[]>;
  readonly conditions: DataLoader<string, readonly ConditionRow[]>;
  readonly counterparts: DataLoader<string, readonly CategoryRow[]>;
  readonly indicators: DataLoader<string, readonly IndicatorRow[]>;
  readonly regulation: DataLoader<string, RegulationRow | null>;
}

export type NationalContext = Context<NationalLoaders>;

export function createNationalLoaders({ db }: Omit<Context, 'loaders'>): NationalLoaders {
  return {
    division: createBatchLoader(
      async (codes: readonly string[]) => {
        const rows = await readDivisions(db, codes);
        if (rows.length === codes.length) return rows;
        const found = new Set(rows.map(({ code }) => code));
        return [...rows, ...codes.filter((code) => !found.has(code)).flatMap((code) => formerDivision(code) ?? [])];
      },
      (row) => row.code,
    ),
    divisionChildren: new DataLoader(
      async (keys: readonly ChildrenKey[]) => {
        const ofToday = keys.filter(({ on }) => on === null);
        const rows = ofToday.length === 0 ? [] : await readChildren(db, ofToday);
        return keys.map((key) => {
          if (key.on !== null) return childrenOn(key.parent, key.on).filter(({ code }) => code > key.after);
          const ordinal = ofToday.indexOf(key) + 1;
          return rows.filter((row) => row.ordinal === ordinal);
        });
      },
      { cacheKeyFn: ({ parent, on, after, first }) => `${parent} ${on} ${after} ${first}`, maxBatchSize: 200 },
    ),
    divisionChildrenCount: createBatchLoader(
      (parents: readonly string[]) => countChildren(db, parents),
      (row) => row.parent,
    ),
    category: createBatchLoader(
      (codes: readonly string[]) => readCategories(db, codes),
      (row) => row.code,
    ),
    subcategories: createGroupLoader(
      (codes: readonly string[]) => readSubcategories(db, codes),
      (row) => row.parent ?? '',
    ),
    conditions: createGroupLoader(
      (codes: readonly string[]) => readConditions(db, codes),
      (row) => row.category,
    ),
    counterparts: createGroupLoader(
      (codes: readonly string[]) => readCounterparts(db, codes),
      (row) => row.of,
    ),
    indicators: createGroupLoader(
      (schemes: readonly string[]) => readIndicators(db, schemes),
      (row) => row.scheme,
    ),
    regulation: createBatchLoader(
      (ids: readonly string[]) => readRegulationsById(db, ids),
      (row) => row.id,
    ),
  };
}
