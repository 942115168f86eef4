/** The counts of cases (GB/T 30428.4) as conditions, by their names in the graph. */
import { during, type Fact } from '@yiwang/platform/statistics';
import { type Counted, metrics } from '@yiwang/schema/statistics';

const DEADLINES: Readonly<Record<NonNullable<Counted['by']>, string>> = {
  'step.due_at': 's.due_at',
  'case.accept_due_at': 't.accept_due_at',
  'case.due_at': 't.due_at',
};

const STILL_OPEN = `t.ended_at >= span.hi`;
const DUE_AND_OPEN = `(${during('t.due_at')} and ${STILL_OPEN})`;
const UNHANDLED = `(t.handled_at is null or t.handled_at >= span.hi)`;
const TO_HANDLE = `(${STILL_OPEN} and t.dispatched_at < span.hi and ${UNHANDLED})`;
const UNDISPATCHED = `(t.dispatched_at is null or t.dispatched_at >= span.hi)`;
const TO_DISPATCH = `(${STILL_OPEN} and t.filed_at < span.hi and ${UNDISPATCHED})`;
/** Null until the case is filed or voided. */
const DECIDED_AT = `least(t.filed_at, t.voided_at)`;
const UNDECIDED = `(${DECIDED_AT} is null or ${DECIDED_AT} >= span.hi)`;
/** A granted appeal against being overdue leaves the fact, and takes the case out of what counts closing in time. */
const IS_HELD_TO_TIME = `t.appeal is distinct from 'GRANTED'`;
const FILED_BY_END = `t.filed_at < span.hi`;

/** A row whose instant lies in the period, by the step that set the instant. */
function stepOfRow(column: string, actions: readonly string[], condition = 'true'): Fact {
  return {
    row: `${during(column)} and ${condition}`,
    step: `s.action in (${quote(actions)}) and s.at = ${column} and ${condition}`,
  };
}

/** The first step of the record: the report, or that a collector solved the matter on the spot. */
const reported = (condition = 'true'): Fact => ({
  row: `${during('t.reported_at')} and ${condition}`,
  step: `s.seq = 1 and ${condition}`,
});
const filed = (condition?: string): Fact => stepOfRow('t.filed_at', ['FILE'], condition);
const handled = (condition?: string): Fact => stepOfRow('t.handled_at', ['FORWARD'], condition);
const closed = (condition = 'true'): Fact =>
  stepOfRow('t.closed_at', ['CLOSE', 'SELF_HANDLE'], `${IS_HELD_TO_TIME} and ${condition}`);
const decided = (condition = 'true'): Fact => ({
  row: `${during(DECIDED_AT)} and ${condition}`,
  step: `s.action = case when t.filed_at = ${DECIDED_AT} then 'FILE' else 'VOID' end and s.at = ${DECIDED_AT} and ${condition}`,
});

/** Of the cases that are due: those that were closed, and those that are still open. */
function due(condition = 'true'): Fact {
  const { step = '' } = closed(condition);
  return {
    row: `(${during('t.closed_at')} or ${DUE_AND_OPEN}) and ${IS_HELD_TO_TIME} and ${condition}`,
    step,
    rest: `${DUE_AND_OPEN} and ${IS_HELD_TO_TIME} and ${condition}`,
  };
}

/** Cases whose side task was sent in the period and is not answered at its end; at most one is open at a time. */
function unanswered(action: string): string {
  return `exists (select from case_stages sent where sent.case_id = t.id and sent.action = '${action}'
    and sent.at >= span.lo and sent.at < span.hi and not exists (select from case_stages answer
      where answer.case_id = t.id and answer.seq > sent.seq and answer.action = 'ANSWER' and answer.at < span.hi))`;
}

const PUBLIC_VALID = `${fromSourcesOf('reportedByPublicValid')} and ${FILED_BY_END}`;
const WAS_SENT = { VERIFY: `${STILL_OPEN} and ${UNDECIDED}`, INSPECT: `${STILL_OPEN} and t.handled_at < span.hi` };

export const CASE_FACTS = {
  reported: reported(),
  reportedValid: reported(FILED_BY_END),
  reportedByPublic: reported(fromSourcesOf('reportedByPublic')),
  reportedByPublicValid: reported(PUBLIC_VALID),
  reportMissed: reported(`${fromSourcesOf('reportMissed')} and ${FILED_BY_END}`),
  events: reported(`starts_with(t.category, '2')`),
  components: reported(`starts_with(t.category, '1')`),
  accepted: decided(),
  acceptedOnTime: decided(`${DECIDED_AT} <= t.accept_due_at`),
  acceptPending: { rest: `${STILL_OPEN} and ${UNDECIDED}` },
  verifySendDue: { step: stepsOf('verifySendDue') },
  verifySentOnTime: { step: stepsOf('verifySentOnTime') },
  verifyDue: { step: stepsOf('verifyDue'), rest: `${WAS_SENT.VERIFY} and ${unanswered('VERIFY')}` },
  verified: { step: stepsOf('verified') },
  verifiedOnTime: { step: stepsOf('verifiedOnTime') },
  filed: filed(),
  filedOnTime: filed('t.filed_on_time'),
  filedAccurate: filed('(t.voided_at is null or t.voided_at >= span.hi)'),
  voided: stepOfRow('t.voided_at', ['VOID']),
  dispatchDue: { step: stepsOf('dispatchDue'), rest: `${during('t.dispatch_due_at')} and ${TO_DISPATCH}` },
  dispatched: { step: stepsOf('dispatched') },
  dispatchedOnTime: { step: stepsOf('dispatchedOnTime') },
  dispatchedAccurate: { step: stepsOf('dispatchedAccurate') },
  dispatchPending: { rest: TO_DISPATCH },
  handled: handled(),
  handledOnTime: handled('t.handled_on_time'),
  handledLate: handled('not t.handled_on_time'),
  handleDue: {
    ...handled(),
    row: `${during('t.handled_at')} or (${during('t.handle_due_at')} and ${UNHANDLED} and ${STILL_OPEN})`,
    rest: `${during('t.handle_due_at')} and ${UNHANDLED} and ${STILL_OPEN}`,
  },
  handlingOnTime: { rest: `${TO_HANDLE} and t.handle_due_at >= span.hi` },
  handlePending: { rest: TO_HANDLE },
  handlePendingLate: { rest: `${TO_HANDLE} and t.handle_due_at < span.hi` },
  inspectSendDue: { step: stepsOf('inspectSendDue') },
  inspectSentOnTime: { step: stepsOf('inspectSentOnTime') },
  inspectDue: { step: stepsOf('inspectDue'), rest: `${WAS_SENT.INSPECT} and ${unanswered('INSPECT')}` },
  inspected: { step: stepsOf('inspected') },
  inspectedOnTime: { step: stepsOf('inspectedOnTime') },
  due: due(),
  closed: closed(),
  closedOnTime: closed('t.on_time'),
  closedLate: closed('not t.on_time'),
  selfHandled: { step: stepsOf('selfHandled') },
  reworked: due('t.rework_count > 0'),
  returned: due('t.return_count > 0'),
  extended: due('t.extension_count > 0'),
  open: { rest: STILL_OPEN },
  overdue: { rest: `${STILL_OPEN} and t.due_at < span.hi and ${IS_HELD_TO_TIME}` },
} as const satisfies Readonly<Record<string, Fact>>;

/** The condition on `case_stages s` that the standard gives for a count of steps. */
function stepsOf(metric: string): string {
  const { steps = [], from, by, unless = {} } = countedOf(metric);
  const deadline = by && DEADLINES[by];
  const conditions = [
    `s.action in (${quote(steps)})`,
    ...(from ? [`s.from_status in (${quote(from)})`] : []),
    ...(deadline ? [`(${deadline} is null or s.at <= ${deadline})`] : []),
    ...Object.entries(unless).map(
      ([action, statuses]) => `not exists (select from case_stages later where later.case_id = s.case_id
        and later.seq > s.seq and later.at < span.hi
        and later.action in (${quote([action])})${statuses.length > 0 ? ` and later.from_status in (${quote(statuses)})` : ''})`,
    ),
  ];
  return conditions.join(' and ');
}

function fromSourcesOf(metric: string): string {
  return `t.source in (${quote(countedOf(metric).sources ?? [])})`;
}

/** Throws an `Error` if the standard does not say what the metric counts. */
function countedOf(key: string): Counted {
  const counted = metrics().find((metric) => metric.key === key)?.counted;
  if (!counted) throw new Error(`the standard does not say what "${key}" counts`);
  return counted;
}

/** Throws an `Error` for what is no name of the standard: the text goes into SQL. */
function quote(names: readonly string[]): string {
  for (const name of names) if (!/^[A-Z_]+$/.test(name)) throw new Error(`"${name}" is no name of the standard`);
  return names.map((name) => `'${name}'`).join(', ');
}
