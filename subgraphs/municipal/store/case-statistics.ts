/** The counts of cases (GB/T 30428.4). */
import type { Database } from '@yiwang/platform';
import { during, type FactTable, type Group, readStatistics, type StatisticsQuery } from '@yiwang/platform/statistics';
import { type CaseFilter, type SearchClearance, whereCases } from './case-filter.ts';

const STILL_OPEN = `t.ended_at >= span.hi`;
const DUE = `(${during('t.closed_at')} or (${during('t.due_at')} and ${STILL_OPEN}))`;
const UNHANDLED = `(t.handled_at is null or t.handled_at >= span.hi)`;

const CASE_FACTS = {
  reported: during('t.reported_at'),
  filed: during('t.filed_at'),
  filedOnTime: `${during('t.filed_at')} and t.filed_on_time`,
  handled: during('t.handled_at'),
  handleDue: `${during('t.handled_at')} or (${during('t.handle_due_at')} and ${UNHANDLED} and ${STILL_OPEN})`,
  due: DUE,
  closed: during('t.closed_at'),
  closedOnTime: `${during('t.closed_at')} and t.on_time`,
  reworked: `${DUE} and t.rework_count > 0`,
  returned: `${DUE} and t.return_count > 0`,
  voided: during('t.voided_at'),
  open: STILL_OPEN,
  overdue: `${STILL_OPEN} and t.due_at < span.hi`,
} as const;

export type CaseFact = keyof typeof CASE_FACTS;
export const CASE_FACT_NAMES = Object.keys(CASE_FACTS) as readonly CaseFact[];

const CASES: FactTable<CaseFact> = {
  table: 'cases',
  columns: {
    division: 't.division',
    category: 't.category',
    source: 't.source',
    department: 't.department',
    month: 'span.month',
  },
  lifetime: { from: 't.reported_at', to: 't.ended_at' },
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
