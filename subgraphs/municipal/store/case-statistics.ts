/** Statistics of cases, counted from their rows and their steps. */
import type { Database } from '@yiwang/platform';
import { type FactTable, type Group, readStatistics, type StatisticsQuery } from '@yiwang/platform/statistics';
import { CASE_FACTS } from './case-facts.ts';
import { type CaseFilter, type SearchClearance, whereCases } from './case-filter.ts';
import { CASE_KIND } from './cases.ts';

export type CaseFact = keyof typeof CASE_FACTS;
export const CASE_FACT_NAMES = Object.keys(CASE_FACTS) as readonly CaseFact[];

const COLUMNS = {
  category: 't.category',
  source: 't.source',
  department: 't.department',
  month: 'span.month',
  day: 'span.day',
  grid: 't.grid',
  kind: CASE_KIND,
} as const;

const CASES: FactTable<CaseFact> = {
  table: 'cases',
  columns: { ...COLUMNS, division: 't.division' },
  lifetime: { from: 't.reported_at', to: 't.ended_at' },
  steps: {
    table: 'case_stages',
    from: 'case_stages s join cases t on t.id = s.case_id',
    columns: {
      ...COLUMNS,
      division: 's.division',
      officer: 's.officer',
      post: 's.actor_post',
      hour: `to_char(s.at at time zone interval '8 hours', 'HH24')`,
    },
    lifetime: { from: 's.at', to: 's.at' },
  },
  facts: CASE_FACTS,
};

export function readCaseStatistics(
  db: Database,
  query: Omit<StatisticsQuery, 'where'> & {
    readonly filter: CaseFilter | null | undefined;
    readonly clearance: SearchClearance;
  },
): Promise<Group<CaseFact>[][]> {
  return readStatistics(db, CASES, { ...query, where: whereCases(query.filter, query.clearance, query.now) });
}
