/** A case in its flow → what a row of it holds: state, instants, deadlines, used time and counters as the last stage left them. */
import { isCaseOnTime } from './case-flow.ts';
import type { FlowProgress } from './flow/flow-progress.ts';
import type { CaseClockName, CaseStatus } from './transitions.ts';
import { statusOf } from './transitions.ts';

/** Instants are epoch milliseconds. */
export interface CaseSummary {
  readonly state: string;
  readonly status: CaseStatus;
  readonly department: string | null;
  readonly suspendedUntil: number | null;
  readonly reportedAt: number | null;
  /** The last answer to a side task before the filing. */
  readonly verifiedAt: number | null;
  /** The first filing. */
  readonly filedAt: number | null;
  readonly dispatchedAt: number | null;
  /** The last time that a department confirmed the result. */
  readonly handledAt: number | null;
  readonly inspectedAt: number | null;
  readonly closedAt: number | null;
  readonly voidedAt: number | null;
  readonly transferredAt: number | null;
  readonly acceptDueAt: number | null;
  readonly verifyDueAt: number | null;
  readonly dispatchDueAt: number | null;
  /** Null until dispatched, and while the clock stands still without an end date. */
  readonly handleDueAt: number | null;
  readonly inspectDueAt: number | null;
  readonly dueAt: number | null;
  /** Null until the clock stops. */
  readonly acceptSeconds: number | null;
  readonly dispatchSeconds: number | null;
  readonly handleSeconds: number | null;
  readonly totalSeconds: number | null;
  /** Of the clock of the whole, in the time of its unit; a pause counts when it is over. */
  readonly pausedSeconds: number;
  readonly filedOnTime: boolean | null;
  readonly handledOnTime: boolean | null;
  readonly onTime: boolean | null;
  readonly returns: number;
  readonly reworks: number;
  readonly extensions: number;
  /** Null if the department never appealed. */
  readonly appeal: 'ASKED' | 'REFUSED' | 'GRANTED' | null;
}

/** Throws a `StandardError` with TRANSITION before the first stage. */
export function summarizeCase(progress: FlowProgress): CaseSummary {
  return {
    state: progress.state ?? '',
    status: statusOf(progress.state ?? ''),
    department: progress.department,
    suspendedUntil: progress.suspendedUntil,
    ...instantsOf(progress),
    ...deadlinesOf(progress),
    ...usedTimeOf(progress),
    filedOnTime: progress.onTime.get('filedAt') ?? null,
    handledOnTime: progress.onTime.get('handledAt') ?? null,
    onTime: isCaseOnTime(progress),
    returns: progress.count('returns'),
    reworks: progress.count('reworks'),
    extensions: progress.count('extensions'),
    appeal: appealOf(progress),
  };
}

function instantsOf(progress: FlowProgress) {
  return {
    reportedAt: progress.instant('reportedAt'),
    verifiedAt: progress.instant('verifiedAt'),
    filedAt: progress.instant('filedAt'),
    dispatchedAt: progress.instant('dispatchedAt'),
    handledAt: progress.instant('handledAt'),
    inspectedAt: progress.instant('inspectedAt'),
    closedAt: progress.instant('closedAt'),
    voidedAt: progress.instant('voidedAt'),
    transferredAt: progress.instant('transferredAt'),
  };
}

function deadlinesOf(progress: FlowProgress) {
  const dueAt = (clock: CaseClockName) => progress.clocks.get(clock)?.dueAt ?? null;
  return {
    acceptDueAt: dueAt('ACCEPT'),
    verifyDueAt: dueAt('VERIFY'),
    dispatchDueAt: dueAt('DISPATCH'),
    handleDueAt: dueAt('HANDLE'),
    inspectDueAt: dueAt('INSPECT'),
    dueAt: dueAt('TOTAL'),
  };
}

function usedTimeOf(progress: FlowProgress) {
  const usedSeconds = (clock: CaseClockName) => {
    const reading = progress.readClock(clock, progress.at);
    return reading === undefined || reading.finishedAt === null ? null : reading.usedSeconds;
  };
  return {
    acceptSeconds: usedSeconds('ACCEPT'),
    dispatchSeconds: usedSeconds('DISPATCH'),
    handleSeconds: usedSeconds('HANDLE'),
    totalSeconds: progress.instants.has('closedAt') ? usedSeconds('TOTAL') : null,
    pausedSeconds: progress.readClock('TOTAL', progress.at)?.pausedSeconds ?? 0,
  };
}

function appealOf(progress: FlowProgress): CaseSummary['appeal'] {
  const { asks, grants, refusals } = progress.chain('APPEAL');
  if (asks === 0) return null;
  return grants > 0 ? 'GRANTED' : refusals > 0 ? 'REFUSED' : 'ASKED';
}
