/** The counts of hotline requests. */
import type { ClearanceClaims, Database } from '@yiwang/platform';
import { during, type FactTable, type Group, readStatistics, type StatisticsQuery } from '@yiwang/platform/statistics';
import { type RequestFilter, whereRequests } from './request-filter.ts';

const UNANSWERED = `(t.answered_at is null or t.answered_at >= span.hi)`;
const VALID_CALLBACK = `${during('t.called_back_at')} and t.valid_callback`;

const REQUEST_FACTS = {
  received: during('t.received_at'),
  dispatched: during('t.dispatched_at'),
  returned: `${during('t.dispatched_at')} and t.return_count > 0`,
  answered: during('t.answered_at'),
  overdue: `t.ended_at >= span.hi and ${UNANSWERED} and t.due_at < span.hi`,
  validCallbacks: VALID_CALLBACK,
  responded: `${VALID_CALLBACK} and t.responded`,
  resolved: `${VALID_CALLBACK} and t.resolved`,
  satisfied: `${VALID_CALLBACK} and t.satisfied in ('SATISFIED', 'VERY_SATISFIED')`,
  verySatisfied: `${VALID_CALLBACK} and t.satisfied = 'VERY_SATISFIED'`,
  basicallySatisfied: `${VALID_CALLBACK} and t.satisfied = 'BASICALLY_SATISFIED'`,
  dissatisfied: `${VALID_CALLBACK} and t.satisfied = 'DISSATISFIED'`,
} as const;

export type RequestFact = keyof typeof REQUEST_FACTS;
export const REQUEST_FACT_NAMES = Object.keys(REQUEST_FACTS) as readonly RequestFact[];

const REQUESTS: FactTable<RequestFact> = {
  table: 'requests',
  columns: {
    division: 't.division',
    category: 't.category',
    department: 't.handler',
    month: 'span.month',
    day: 'span.day',
    grid: 't.grid',
    kind: 't.kind',
  },
  lifetime: { from: 't.received_at', to: 't.ended_at' },
  // A request that is alive need not count: it may wait for its closing.
  where: Object.values(REQUEST_FACTS)
    .map((fact) => `(${fact})`)
    .join(' or '),
  facts: REQUEST_FACTS,
};

export function readRequestStatistics(
  db: Database,
  query: Omit<StatisticsQuery, 'where'> & {
    readonly filter: RequestFilter | null | undefined;
    readonly clearance: ClearanceClaims;
  },
): Promise<Group<RequestFact>[][]> {
  return readStatistics(db, REQUESTS, { ...query, where: whereRequests(query.filter, query.clearance, query.now) });
}
