/** Statistics of a table that are asked for at the root alone, one place at a time. */
import type { Fragment } from '../database/sql.ts';
import type { Within } from '../database/where-within.ts';
import type { SelectionInfo } from '../graphql/selected-fields.ts';
import type { Context } from '../module.ts';
import { type GroupView, resolveStatistics, type StatisticsArguments, type StatisticsKind } from './group-view.ts';
import { statisticsNow } from './open-statistics.ts';
import { type FactTable, readStatistics } from './statistics.ts';

export interface TableStatistics<Name extends string, Rates extends string> {
  readonly kind: StatisticsKind<Name, Rates>;
  readonly table: FactTable<Name>;
  readonly args: StatisticsArguments & { readonly within?: Within };
  /** Conditions on the rows. Default: none. */
  readonly where?: readonly Fragment[];
  readonly info: SelectionInfo;
}

/** Throws `BAD_USER_INPUT` for an order, a period or a cut that the statistics do not have. */
export function countTable<Name extends string, Rates extends string>(
  { kind, table, args, where = [], info }: TableStatistics<Name, Rates>,
  { db, passport, now, groups }: Omit<Context, 'loaders'>,
): Promise<readonly GroupView<Name, Rates>[]> {
  const loader = {
    load: async ({
      place,
      ...query
    }: Parameters<Parameters<typeof resolveStatistics<null, Name, Rates>>[0]['loader']['load']>[0]) => {
      const present = statisticsNow(passport, now);
      const [counted = []] = await readStatistics(db, table, {
        ...query,
        places: [place],
        where,
        now: present,
        groups,
      });
      return counted;
    },
  };
  return resolveStatistics({ kind, loader, place: args.within ?? null, args, filter: null, passport, info });
}
