/** The plan of a case, and its progress at the clock. */
import type { TimeLimit } from '@yiwang/schema/time';
import { MINUTE_MS } from '../../data-period.ts';
import type { Post } from '../offices/staff.ts';

export type CaseStatus =
  | 'REPORTED'
  | 'FILED'
  | 'DISPATCHED'
  | 'HANDLING'
  | 'HANDLED'
  | 'INSPECTING'
  | 'CLOSED'
  | 'VOIDED';

export type CaseOutcome = 'ON_TIME' | 'LATE' | 'STUCK' | 'VOIDED';

/** The whole course of a case; the clock may cut it off. */
export interface CasePlan {
  readonly reportedAt: number;
  readonly limit: TimeLimit;
  readonly outcome: CaseOutcome;
  readonly verified: boolean;
  readonly filedLate: boolean;
  /** The department first chosen sends it back; the second keeps it. */
  readonly departments: readonly [string] | readonly [string, string];
  readonly reworked: boolean;
  readonly extended: boolean;
  readonly suspended: boolean;
}

export interface CaseStep {
  readonly action: string;
  readonly at: number;
  readonly post: Post | null;
  readonly department: string | null;
  readonly reason: string | null;
  readonly from: CaseStatus | null;
  readonly to: CaseStatus;
  /** Deadline of the clock that the step stopped. */
  readonly dueAt: number | null;
}

/** A case as it stands at the clock. Instants are epoch milliseconds, null if they have not come. */
export interface CaseProgress {
  readonly steps: CaseStep[];
  status: CaseStatus;
  flowState: string;
  department: string | null;
  verifiedAt: number | null;
  filedAt: number | null;
  dispatchedAt: number | null;
  handledAt: number | null;
  inspectedAt: number | null;
  closedAt: number | null;
  voidedAt: number | null;
  acceptDueAt: number;
  dispatchDueAt: number | null;
  handleDueAt: number | null;
  dueAt: number | null;
  suspendedUntil: number | null;
  pausedMs: number;
  pausedSeconds: number;
  returns: number;
  reworks: number;
  extensions: number;
}

/** One city's accept clock, continuous. */
export const ACCEPT_MS = 15 * MINUTE_MS;

export function createProgress(plan: CasePlan): CaseProgress {
  return {
    steps: [],
    status: 'REPORTED',
    flowState: 'REPORTED',
    department: null,
    verifiedAt: null,
    filedAt: null,
    dispatchedAt: null,
    handledAt: null,
    inspectedAt: null,
    closedAt: null,
    voidedAt: null,
    acceptDueAt: plan.reportedAt + ACCEPT_MS,
    dispatchDueAt: null,
    handleDueAt: null,
    dueAt: null,
    suspendedUntil: null,
    pausedMs: 0,
    pausedSeconds: 0,
    returns: 0,
    reworks: 0,
    extensions: 0,
  };
}
