/** The counts of hotline requests. */
import type { ClearanceClaims, Database } from '@yiwang/platform';
import { during, type FactTable, type Group, readStatistics, type StatisticsQuery } from '@yiwang/platform/statistics';
import { type RequestFilter, whereRequests } from './request-filter.ts';

const UNANSWERED = `(t.answered_at is null or t.answered_at >= span.hi)`;
/** What two persons left out of the rates is in none of their parts. */
const VALID_CALLBACK = `${during('t.called_back_at')} and t.valid_callback and not t.excluded`;

const REQUEST_FACTS = {
  received: during('t.received_at'),
  dispatched: during('t.dispatched_at'),
  returned: `${during('t.dispatched_at')} and t.return_count > 0`,
  signed: during('t.signed_at'),
  signedOnTime: `${during('t.signed_at')} and t.signed_on_time`,
  answered: during('t.answered_at'),
  answeredOnTime: `${during('t.answered_at')} and t.answered_on_time`,
  answeredAtOnce: `${during('t.answered_at')} and t.answered_at_once`,
  due: `(${during('t.answered_at')} and not t.answered_at_once)
    or (${during('t.due_at')} and ${UNANSWERED} and t.ended_at >= span.hi)`,
  secondHandled: during('t.second_handled_at'),
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
