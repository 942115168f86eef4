/** A request in its flow → what a row of it holds: state, parties, instants, deadlines and counters as the last stage left them. */
import type { FlowProgress, Judgement } from './flow/flow-progress.ts';
import { type RequestStatus, requestStatusOf } from './request-flow.ts';

/** Instants are epoch milliseconds. */
export interface RequestSummary {
  readonly state: string;
  readonly status: RequestStatus;
  /** Who answers for it: the first unit that got it, and after a valid return the next. */
  readonly firstReceiver: string | null;
  readonly handler: string | null;
  readonly receivedAt: number | null;
  readonly dispatchedAt: number | null;
  readonly signedAt: number | null;
  readonly contactedAt: number | null;
  /** The first answer. */
  readonly answeredAt: number | null;
  /** The last callback. */
  readonly calledBackAt: number | null;
  readonly secondHandledAt: number | null;
  readonly closedAt: number | null;
  /** Null until dispatched, and while a return is ruled on. */
  readonly signDueAt: number | null;
  /** The deadline of the answer; null until dispatched, and while it waits to be dispatched again. */
  readonly dueAt: number | null;
  readonly signedOnTime: boolean | null;
  /** Null until answered, and if it was answered at once. */
  readonly answeredOnTime: boolean | null;
  readonly answeredAtOnce: boolean;
  readonly returns: number;
  /** Of the last return; null if none was ruled on. */
  readonly returnRuling: 'ACCEPTED' | 'REFUSED' | null;
  readonly extensions: number;
  readonly excluded: boolean;
  /** Of the last callback. */
  readonly judgement: Judgement | null;
}

/** Throws a `StandardError` with TRANSITION before the first stage. */
export function summarizeRequest(progress: FlowProgress): RequestSummary {
  const { refusals, grants } = progress.chain('RETURN');
  return {
    state: progress.state ?? '',
    status: requestStatusOf(progress.state ?? ''),
    firstReceiver: progress.firstReceiver,
    handler: progress.department,
    receivedAt: progress.instant('receivedAt'),
    dispatchedAt: progress.instant('dispatchedAt'),
    signedAt: progress.instant('signedAt'),
    contactedAt: progress.instant('contactedAt'),
    answeredAt: progress.instant('answeredAt'),
    calledBackAt: progress.instant('calledBackAt'),
    secondHandledAt: progress.instant('secondHandledAt'),
    closedAt: progress.instant('closedAt'),
    signDueAt: progress.clocks.get('SIGN')?.dueAt ?? null,
    dueAt: progress.clocks.get('ANSWER')?.dueAt ?? null,
    signedOnTime: progress.onTime.get('signedAt') ?? null,
    answeredOnTime: progress.clocks.has('ANSWER') ? (progress.onTime.get('answeredAt') ?? null) : null,
    answeredAtOnce: progress.instants.has('answeredAt') && !progress.clocks.has('ANSWER'),
    returns: progress.count('returns'),
    returnRuling: refusals > 0 ? 'REFUSED' : grants > 0 ? 'ACCEPTED' : null,
    extensions: progress.count('extensions'),
    excluded: progress.chain('EXCLUSION').grants > 0,
    judgement: progress.judgement,
  };
}
