/** One case's way through the six steps, as the transitions of the standard allow: a plan → dated steps, cut off at the clock. */
import { addLimit, isContinuous, workSecondsBetween } from '@yiwang/schema/clock.ts';
import type { TimeLimit } from '@yiwang/schema/time-limit.ts';
import type { Random } from '../random.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../span.ts';
import type { Post } from './staff.ts';

export type CaseStatus =
  | 'REPORTED'
  | 'FILED'
  | 'DISPATCHED'
  | 'HANDLING'
  | 'HANDLED'
  | 'INSPECTING'
  | 'CLOSED'
  | 'VOIDED';

export type Outcome = 'ON_TIME' | 'LATE' | 'STUCK' | 'VOIDED';

/** What is to become of a case, if it lives long enough. */
export interface CasePlan {
  readonly reportedAt: number;
  readonly limit: TimeLimit;
  readonly outcome: Outcome;
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

/** A case as it stands at the clock. Instants are epoch milliseconds, null where they have not come. */
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

/** One city's side clocks, all of them continuous. */
const ACCEPT_MS = 15 * MINUTE_MS;
const DISPATCH_MS = 15 * MINUTE_MS;
/** What the case clock leaves for inspecting and closing after the handling. */
const CLOSING_MS = 2 * HOUR_MS;
const ARCHIVE_MS = 7 * DAY_MS;
const NEVER = Number.POSITIVE_INFINITY;

/** Thrown by a step that would lie after the clock; the case stands as it was before. */
const NOT_YET = Symbol('the step lies after the clock');

export function simulateCase(plan: CasePlan, random: Random, now: number): CaseProgress {
  const progress = createProgress(plan);
  const flow: Flow = { plan, random, now, progress };
  try {
    if (establish(flow)) {
      dispatch(flow);
      handle(flow);
      close(flow);
    }
  } catch (stop) {
    if (stop !== NOT_YET) throw stop;
  }
  return progress;
}

interface Flow {
  readonly plan: CasePlan;
  readonly random: Random;
  readonly now: number;
  readonly progress: CaseProgress;
}

function createProgress(plan: CasePlan): CaseProgress {
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

type StepDetails = Partial<Pick<CaseStep, 'post' | 'department' | 'reason' | 'dueAt'>>;

/** Records a step and moves the case on; whole seconds. Returns the instant. */
function step(
  flow: Flow,
  action: string,
  at: number,
  state: readonly [CaseStatus, string],
  details: StepDetails,
): number {
  const instant = Math.round(at / 1000) * 1000;
  if (instant > flow.now) throw NOT_YET;
  const { progress } = flow;
  progress.steps.push({
    action,
    at: instant,
    post: details.post ?? null,
    department: details.department ?? null,
    reason: details.reason ?? null,
    from: progress.steps.length === 0 ? null : progress.status,
    to: state[0],
    dueAt: details.dueAt ?? null,
  });
  [progress.status, progress.flowState] = state;
  return instant;
}

function lastAt({ progress }: Flow): number {
  return progress.steps[progress.steps.length - 1]!.at;
}

const VOID_REASONS = ['不符合立案条件', '位置不明，无法核实', '现场未发现上报问题', '不属于管理范围'] as const;
const RETURN_REASONS = ['非本单位职责，建议转交权属单位', '不在本单位管辖范围'] as const;
const REWORK_REASONS = ['现场核查未处置到位', '处置照片与现场不符', '问题反弹'] as const;
const EXTEND_REASONS = ['需协调产权单位', '配件采购周期较长', '雨天无法施工'] as const;
const SUSPEND_REASONS = ['需列入年度改造计划', '涉及诉讼，等待判决', '待轨道交通施工结束后恢复'] as const;

/** Report, verify, file or void. False for a void case. */
function establish(flow: Flow): boolean {
  const { plan, random, progress } = flow;
  step(flow, 'REPORT', plan.reportedAt, ['REPORTED', 'REPORTED'], { post: 'COLLECTOR' });
  if (plan.verified) {
    const at = plan.reportedAt + random.between(3, 11) * MINUTE_MS;
    progress.verifiedAt = step(flow, 'VERIFY', at, ['REPORTED', 'VERIFYING'], { post: 'COLLECTOR' });
  }
  const delay = plan.filedLate
    ? ACCEPT_MS + random.exponential(40) * MINUTE_MS + MINUTE_MS
    : random.between(1, 3.5) * MINUTE_MS;
  const at = Math.max(plan.filedLate ? 0 : lastAt(flow), plan.reportedAt) + delay;
  const dueAt = progress.acceptDueAt;
  if (plan.outcome === 'VOIDED') {
    const details = { post: 'ACCEPTOR', reason: random.pick(VOID_REASONS), dueAt } as const;
    progress.voidedAt = step(flow, 'VOID', at, ['VOIDED', 'VOIDED'], details);
    return false;
  }
  progress.filedAt = step(flow, 'FILE', at, ['FILED', 'PENDING_DISPATCH'], { post: 'SHIFT_LEADER', dueAt });
  progress.dispatchDueAt = progress.filedAt + DISPATCH_MS;
  progress.dueAt = deadline(progress.dispatchDueAt, plan.limit) + CLOSING_MS;
  return true;
}

/** Dispatch; the department may send it back, then another one gets it with a clock of its own. */
function dispatch(flow: Flow): void {
  const { plan, random, progress } = flow;
  const [first, second] = plan.departments;
  const late = random.chance(0.015);
  dispatchTo(flow, first, late ? random.between(16, 70) : random.between(1, 13));
  if (second === undefined) return;
  const reason = random.pick(RETURN_REASONS);
  const at = lastAt(flow) + random.between(10, 100) * MINUTE_MS;
  step(flow, 'RETURN', at, ['FILED', 'RETURNED_TO_DISPATCHER'], {
    post: 'HANDLER',
    department: first,
    reason,
    dueAt: progress.handleDueAt,
  });
  progress.returns++;
  progress.dispatchDueAt = lastAt(flow) + DISPATCH_MS;
  dispatchTo(flow, second, random.between(1, 13));
}

function dispatchTo(flow: Flow, department: string, minutes: number): void {
  const { plan, progress } = flow;
  const details = { post: 'DISPATCHER', department, dueAt: progress.dispatchDueAt } as const;
  const state = ['DISPATCHED', 'PENDING_HANDLE'] as const;
  progress.dispatchedAt = step(flow, 'DISPATCH', lastAt(flow) + minutes * MINUTE_MS, state, details);
  progress.department = department;
  setHandleDue(progress, deadline(progress.dispatchedAt, plan.limit));
}

function setHandleDue(progress: CaseProgress, at: number): void {
  progress.handleDueAt = at;
  progress.dueAt = at + CLOSING_MS;
}

function deadline(from: number, limit: TimeLimit): number {
  return addLimit(new Date(from), limit).getTime();
}

/** Assign, extend, suspend, handle, forward; once more after a rework. */
function handle(flow: Flow): void {
  const { plan, random, progress } = flow;
  const department = progress.department!;
  assign(flow);
  if (plan.extended) extend(flow);
  if (plan.suspended) suspend(flow);
  work(flow, plan.reworked ? random.between(0.15, 0.45) : random.between(0.08, 0.82));
  if (!plan.reworked) return;
  inspect(flow);
  const reason = random.pick(REWORK_REASONS);
  const state = ['DISPATCHED', 'PENDING_HANDLE'] as const;
  step(flow, 'REWORK', lastAt(flow) + random.between(2, 8) * MINUTE_MS, state, {
    post: 'DISPATCHER',
    department,
    reason,
  });
  progress.reworks++;
  assign(flow);
  work(flow, random.between(0.55, 0.85));
}

/** The department names a handler early in the limit; with a working limit, in working hours. */
function assign(flow: Flow): void {
  const { plan, random, progress } = flow;
  const at = withinLimit(lastAt(flow), progress.handleDueAt!, { share: random.between(0.01, 0.08), limit: plan.limit });
  step(flow, 'ASSIGN', at, ['HANDLING', 'HANDLING'], { post: 'HANDLER', department: progress.department });
}

/** An extension adds one original limit to the current deadline. */
function extend(flow: Flow): void {
  const { plan, random, progress } = flow;
  const at = lastAt(flow) + random.between(0.1, 0.5) * (progress.handleDueAt! - lastAt(flow));
  const details = { post: 'DISPATCHER', reason: random.pick(EXTEND_REASONS), dueAt: progress.handleDueAt } as const;
  step(flow, 'EXTEND', at, ['HANDLING', 'HANDLING'], details);
  progress.extensions++;
  setHandleDue(progress, deadline(progress.handleDueAt!, plan.limit));
}

/** The clock stands still until the end date, which is known from the start. */
function suspend(flow: Flow): void {
  const { plan, random, progress } = flow;
  const at = lastAt(flow) + random.between(0.1, 0.4) * (progress.handleDueAt! - lastAt(flow));
  const details = { post: 'DISPATCHER', reason: random.pick(SUSPEND_REASONS), dueAt: progress.handleDueAt } as const;
  const from = step(flow, 'SUSPEND', at, ['HANDLING', 'HANDLING'], details);
  const until = from + random.integer(5, 60) * DAY_MS;
  progress.suspendedUntil = until;
  setHandleDue(progress, progress.handleDueAt! + until - from);
  progress.pausedMs = Math.min(until, flow.now) - from;
  progress.pausedSeconds = usedSeconds(from, Math.min(until, flow.now), plan.limit);
  step(flow, 'RESUME', until, ['HANDLING', 'HANDLING'], {});
  progress.suspendedUntil = null;
}

/** Handles within a share of the time that is left, or beyond it, and lets the department confirm. */
function work(flow: Flow, share: number): void {
  const { random, progress } = flow;
  const department = progress.department!;
  const dueAt = progress.handleDueAt!;
  const at = step(flow, 'HANDLE', workEnd(flow, share), ['HANDLED', 'HANDLED'], { post: 'HANDLER', department });
  const confirm = at + random.between(1, 9) * MINUTE_MS;
  const details = { post: 'HANDLER', department, dueAt } as const;
  progress.handledAt = step(flow, 'FORWARD', confirm, ['HANDLED', 'FEEDBACK_ACCEPTOR'], details);
}

function workEnd(flow: Flow, share: number): number {
  const { plan, random, progress } = flow;
  const start = lastAt(flow);
  const due = progress.handleDueAt!;
  switch (plan.outcome) {
    case 'LATE':
      return Math.max(due, start) + CLOSING_MS + random.exponential(30) * HOUR_MS;
    case 'STUCK':
      return random.chance(0.4) ? NEVER : Math.max(due, start) + random.between(20, 200) * DAY_MS;
    case 'ON_TIME':
    case 'VOIDED':
      return withinLimit(start, due, { share, limit: plan.limit });
  }
}

/** On the limit's own clock, so that work with a working limit ends in working hours. */
function withinLimit(start: number, due: number, { share, limit }: { share: number; limit: TimeLimit }): number {
  if (due <= start) return start;
  if (isContinuous(limit.unit)) return start + share * (due - start);
  return deadline(start, { amount: (usedSeconds(start, due, limit) * share) / 3600, unit: 'WORK_HOUR' });
}

function inspect(flow: Flow): void {
  const at = lastAt(flow) + flow.random.between(6, 38) * MINUTE_MS;
  flow.progress.inspectedAt = step(flow, 'INSPECT', at, ['INSPECTING', 'INSPECTING'], { post: 'COLLECTOR' });
}

function close(flow: Flow): void {
  const { random, progress } = flow;
  inspect(flow);
  const at = lastAt(flow) + random.between(3, 25) * MINUTE_MS;
  progress.closedAt = step(flow, 'CLOSE', at, ['CLOSED', 'CLOSED'], { post: 'ACCEPTOR', dueAt: progress.dueAt });
  step(flow, 'ARCHIVE', progress.closedAt + ARCHIVE_MS, ['CLOSED', 'ARCHIVED'], {});
}

/** Seconds of the limit's own clock between two instants. */
export function usedSeconds(from: number, to: number, limit: TimeLimit): number {
  const seconds = isContinuous(limit.unit) ? (to - from) / 1000 : workSecondsBetween(new Date(from), new Date(to));
  return Math.round(seconds);
}
