/** One case's way through the six steps, as the transitions of the standard allow: a plan → dated steps, cut off at the clock. */
import { addLimit, isContinuous, type TimeLimit, workSecondsBetween } from '@yiwang/schema/time';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../data-period.ts';
import type { Random } from '../../random.ts';
import {
  ACCEPT_MS,
  type CasePlan,
  type CaseProgress,
  type CaseStatus,
  type CaseStep,
  createProgress,
} from './case-progress.ts';

/** One city's dispatch clock, continuous. */
const DISPATCH_MS = 15 * MINUTE_MS;
/** What the case clock leaves for inspecting and closing after the handling, on the clock of the limit. */
const CLOSING = { continuous: { amount: 2, unit: 'URGENT_HOUR' }, working: { amount: 4, unit: 'WORK_HOUR' } } as const;
const ARCHIVE_MS = 7 * DAY_MS;
const NEVER = Number.POSITIVE_INFINITY;
/** Of stuck cases. */
const NEVER_SHARE = 0.15;

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
  progress.dueAt = wholeDue(deadline(progress.dispatchDueAt, plan.limit), plan.limit);
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
  setHandleDue(flow, deadline(progress.dispatchedAt, plan.limit));
}

function setHandleDue({ plan, progress }: Flow, at: number): void {
  progress.handleDueAt = at;
  progress.dueAt = wholeDue(at, plan.limit);
}

function wholeDue(handleDueAt: number, { unit }: TimeLimit): number {
  return deadline(handleDueAt, isContinuous(unit) ? CLOSING.continuous : CLOSING.working);
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
  setHandleDue(flow, deadline(progress.handleDueAt!, plan.limit));
}

/** The clock stands still until the end date, which is known from the start. */
function suspend(flow: Flow): void {
  const { plan, random, progress } = flow;
  const at = lastAt(flow) + random.between(0.1, 0.4) * (progress.handleDueAt! - lastAt(flow));
  const details = { post: 'DISPATCHER', reason: random.pick(SUSPEND_REASONS), dueAt: progress.handleDueAt } as const;
  const from = step(flow, 'SUSPEND', at, ['HANDLING', 'HANDLING'], details);
  const until = from + random.integer(5, 60) * DAY_MS;
  progress.suspendedUntil = until;
  setHandleDue(flow, progress.handleDueAt! + until - from);
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
      return Math.max(progress.dueAt!, start) + random.exponential(30) * HOUR_MS;
    case 'STUCK':
      return random.chance(NEVER_SHARE) ? NEVER : Math.max(due, start) + random.between(20, 200) * DAY_MS;
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

/** Collectors and acceptors keep the hours of the limit: by day, unless the matter is urgent. */
function inspect(flow: Flow): void {
  const at = later(flow, { continuous: [0.1, 0.6], working: [0.2, 2.2] });
  flow.progress.inspectedAt = step(flow, 'INSPECT', at, ['INSPECTING', 'INSPECTING'], { post: 'COLLECTOR' });
}

function close(flow: Flow): void {
  const { progress } = flow;
  inspect(flow);
  const at = later(flow, { continuous: [0.05, 0.4], working: [0.1, 1.2] });
  progress.closedAt = step(flow, 'CLOSE', at, ['CLOSED', 'CLOSED'], { post: 'ACCEPTOR', dueAt: progress.dueAt });
  step(flow, 'ARCHIVE', progress.closedAt + ARCHIVE_MS, ['CLOSED', 'ARCHIVED'], {});
}

type Hours = readonly [from: number, to: number];

function later(flow: Flow, { continuous, working }: { continuous: Hours; working: Hours }): number {
  const amountOf = ([from, to]: Hours) => flow.random.between(from, to);
  return isContinuous(flow.plan.limit.unit)
    ? lastAt(flow) + amountOf(continuous) * HOUR_MS
    : deadline(lastAt(flow), { amount: amountOf(working), unit: 'WORK_HOUR' });
}

/** Seconds of the limit's own clock between two instants. */
export function usedSeconds(from: number, to: number, limit: TimeLimit): number {
  const seconds = isContinuous(limit.unit) ? (to - from) / 1000 : workSecondsBetween(new Date(from), new Date(to));
  return Math.round(seconds);
}
