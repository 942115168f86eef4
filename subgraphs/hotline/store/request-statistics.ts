/** The counts of hotline requests. */
import type { ClearanceClaims, Database } from '@yiwang/platform';
import {
  during,
  type Fact,
  type FactTable,
  type Group,
  readStatistics,
  type StatisticsQuery,
} from '@yiwang/platform/statistics';
import { type RequestFilter, whereRequests } from './request-filter.ts';

const STILL_OPEN = 't.ended_at >= span.hi';
const UNANSWERED = `(t.answered_at is null or t.answered_at >= span.hi)`;
const DUE_AND_OPEN = `(${during('t.due_at')} and ${UNANSWERED} and ${STILL_OPEN})`;

/** A row whose instant lies in the period, by the step that set the instant. */
function stepOfRow(column: string, actions: readonly string[], condition = 'true'): Fact {
  const list = actions.map((action) => `'${action}'`).join(', ');
  return {
    row: `${during(column)} and ${condition}`,
    step: `s.action in (${list}) and s.at = ${column} and ${condition}`,
  };
}

const dispatched = (condition?: string) => stepOfRow('t.dispatched_at', ['DISPATCH'], condition);
const signed = (condition?: string) => stepOfRow('t.signed_at', ['SIGN'], condition);
const answered = (condition?: string) => stepOfRow('t.answered_at', ['ANSWER', 'ANSWER_AT_ONCE'], condition);
/** What two persons excluded is left out of the rates. */
const judged = (condition = 'true') =>
  stepOfRow('t.called_back_at', ['CALL_BACK', 'JUDGE'], `t.valid_callback and not t.excluded and ${condition}`);

const BY_A_UNIT = 'not t.answered_at_once';

const REQUEST_FACTS = {
  received: { row: during('t.received_at'), step: 's.seq = 1' },
  dispatched: dispatched(),
  returned: dispatched('t.return_count > 0'),
  signed: signed(),
  signedOnTime: signed('t.signed_on_time'),
  answered: answered(),
  answeredOnTime: answered('t.answered_on_time'),
  answeredAtOnce: answered('t.answered_at_once'),
  due: {
    ...answered(BY_A_UNIT),
    row: `(${during('t.answered_at')} and ${BY_A_UNIT}) or ${DUE_AND_OPEN}`,
    rest: DUE_AND_OPEN,
  },
  secondHandled: stepOfRow('t.second_handled_at', ['HANDLE_AGAIN']),
  overdue: { rest: `${STILL_OPEN} and ${UNANSWERED} and t.due_at < span.hi` },
  validCallbacks: judged(),
  responded: judged('t.responded'),
  resolved: judged('t.resolved'),
  satisfied: judged(`t.satisfied in ('SATISFIED', 'VERY_SATISFIED')`),
  verySatisfied: judged(`t.satisfied = 'VERY_SATISFIED'`),
  basicallySatisfied: judged(`t.satisfied = 'BASICALLY_SATISFIED'`),
  dissatisfied: judged(`t.satisfied = 'DISSATISFIED'`),
} as const satisfies Readonly<Record<string, Fact>>;

const FACTS: readonly Fact[] = Object.values(REQUEST_FACTS);

export type RequestFact = keyof typeof REQUEST_FACTS;
export const REQUEST_FACT_NAMES = Object.keys(REQUEST_FACTS) as readonly RequestFact[];

const COLUMNS = {
  category: 't.category',
  department: 't.handler',
  month: 'span.month',
  day: 'span.day',
  grid: 't.grid',
  kind: 't.kind',
  channel: 't.channel',
} as const;

const REQUESTS: FactTable<RequestFact> = {
  table: 'requests',
  columns: { ...COLUMNS, division: 't.division' },
  lifetime: { from: 't.received_at', to: 't.ended_at' },
  // A request that is alive need not count: it may wait for its closing.
  where: FACTS.map(({ row, rest }) => `(${row ?? rest})`).join(' or '),
  steps: {
    table: 'request_stages',
    from: 'request_stages s join requests t on t.id = s.request_id',
    columns: {
      ...COLUMNS,
      division: 't.division',
      officer: 's.officer',
      post: 's.actor_post',
      hour: `to_char(s.at at time zone interval '8 hours', 'HH24')`,
    },
    lifetime: { from: 's.at', to: 's.at' },
  },
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
