/** One request's way: a plan → acts, which the flow of the standard applies, cut off at the clock. */
import { applyRequestStage, type Judgement, startRequest } from '@yiwang/schema/cases';
import { addTime } from '@yiwang/schema/time';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../data-period.ts';
import type { Random } from '../../random.ts';
import { type Act, type ActLog, createActLog, runUntilNow } from '../act-log.ts';
import type { HotlineDesk, HotlineRole } from '../offices/hotline-desk.ts';
import type { Staff } from '../offices/staff.ts';
import type { RequestDraft, RequestPlan } from './request-plan.ts';

export interface RequestCast {
  readonly desk: HotlineDesk;
  readonly team: Staff['team'];
}

interface RequestFlow {
  readonly draft: RequestDraft;
  readonly plan: RequestPlan;
  readonly random: Random;
  readonly cast: RequestCast;
  readonly log: ActLog;
}

const DECLINE_REASONS = ['属于司法途径解决事项', '属于紧急警情，已引导拨打110', '超出政府职责范围'] as const;
const UNSATISFACTORY: Judgement = { valid: true, responded: true, resolved: false, satisfied: 'DISSATISFIED' };

export function simulateRequest(
  draft: RequestDraft,
  plan: RequestPlan,
  { random, now, cast }: { readonly random: Random; readonly now: number; readonly cast: RequestCast },
): ActLog {
  const progress = startRequest({ kind: draft.kind, urgent: plan.urgent });
  const log = createActLog({ progress, now, apply: applyRequestStage });
  const flow: RequestFlow = { draft, plan, random, cast, log };
  runUntilNow(() => {
    if (!receive(flow)) return;
    dispatch(flow);
    sign(flow);
    const signedAt = log.at;
    answer(flow, signedAt);
    callBack(flow);
    const closedAt = log.at + random.integer(1, 36) * HOUR_MS;
    act(flow, 'CALLBACK', { action: 'CLOSE', at: closedAt });
  });
  return log;
}

/** An act of the hotline's desk. */
function act({ random, cast, log }: RequestFlow, role: HotlineRole, rest: Omit<Act, 'role' | 'actor'>): void {
  log.act({ role, actor: random.pick(cast.desk[role]), ...rest });
}

/** An act of the unit that has it. */
function actOfUnit({ cast, log }: RequestFlow, rest: Omit<Act, 'role' | 'actor' | 'department'>): void {
  const department = log.progress.department!;
  log.act({ role: 'LEAD_UNIT', actor: cast.team(department).desk, department, ...rest });
}

function minutesLater({ log, random }: RequestFlow, from: number, to: number): number {
  return log.at + random.integer(from, to) * MINUTE_MS;
}

/** False if the operator ends it. */
function receive(flow: RequestFlow): boolean {
  const { draft, plan, random, log } = flow;
  act(flow, 'OPERATOR', { action: 'RECEIVE', at: draft.receivedAt });
  if (plan.course === 'ANSWERED_AT_ONCE') {
    act(flow, 'OPERATOR', { action: 'ANSWER_AT_ONCE', at: log.at + random.integer(60, 420) * 1000 });
    act(flow, 'OPERATOR', { action: 'CLOSE', at: log.at + MINUTE_MS });
    return false;
  }
  if (plan.supplemented) {
    act(flow, 'OPERATOR', { action: 'ASK_SUPPLEMENT', at: minutesLater(flow, 1, 6), reason: '请补充具体位置' });
    log.act({ action: 'SUPPLEMENT', role: 'PUBLIC', at: minutesLater(flow, 20, 600) });
  }
  if (plan.course === 'DECLINED') {
    act(flow, 'OPERATOR', { action: 'DECLINE', at: minutesLater(flow, 2, 10), reason: random.pick(DECLINE_REASONS) });
    return false;
  }
  if (draft.case !== null) act(flow, 'DISPATCHER', { action: 'MAKE_CASE', at: draft.case.reportedAt });
  return true;
}

/** Dispatched; a unit that is not responsible sends it back, and the reviewer rules. */
function dispatch(flow: RequestFlow): void {
  const { plan, random } = flow;
  const [first, next] = plan.departments;
  act(flow, 'DISPATCHER', { action: 'DISPATCH', at: minutesLater(flow, 4, 110), department: first });
  if (plan.returned === 'NO') return;
  actOfUnit(flow, {
    action: 'RETURN',
    at: minutesLater(flow, ...((plan.urgent ? [15, 90] : [30, 560]) as [number, number])),
    reason: '非本单位职责',
  });
  const at = minutesLater(flow, 10, 120);
  if (plan.returned === 'REFUSED') {
    act(flow, 'REVIEWER', {
      action: 'REFUSE_RETURN',
      at,
      reason: random.pick(['权责清单列明由本单位承办', '首接负责']),
    });
    return;
  }
  act(flow, 'REVIEWER', { action: 'ACCEPT_RETURN', at });
  act(flow, 'DISPATCHER', { action: 'DISPATCH', at: minutesLater(flow, 10, 60), department: next });
}

/** Within the sign clock or, rarely, after it. */
function sign(flow: RequestFlow): void {
  const { plan, random, log } = flow;
  const clock = log.progress.clock('SIGN');
  const left = Math.max(clock.dueAt! - log.at, 0);
  const at = plan.signedLate
    ? clock.dueAt! + random.integer(10, 240) * MINUTE_MS
    : log.at + Math.min(left * random.between(0.05, 0.9), random.exponential(100) * MINUTE_MS);
  actOfUnit(flow, { action: 'SIGN', at });
}

/** Contacts the requester, asks for more time, and answers: before the deadline, after it by days, or not for half a year. */
function answer(flow: RequestFlow, signedAt: number): void {
  const { plan, random, log } = flow;
  const responded = plan.second || plan.judgement.responded !== false;
  const due = () => log.progress.clocks.get('ANSWER')!.dueAt!;
  if (responded) actOfUnit(flow, { action: 'CONTACT', at: signedAt + random.integer(10, 180) * MINUTE_MS });
  if (plan.extended && log.at < due()) {
    const reason = random.pick(['需多部门会商', '施工周期较长']);
    actOfUnit(flow, { action: 'ASK_EXTENSION', at: log.at + random.between(0.3, 0.6) * (due() - log.at), reason });
    act(flow, 'REVIEWER', { action: 'EXTEND', at: log.at + random.between(0.05, 0.3) * (due() - log.at) });
  }
  const window = Math.max(due() - log.at, HOUR_MS);
  actOfUnit(flow, { action: 'ANSWER', at: log.at + answerDelay(plan, window, random) });
}

function answerDelay({ answered }: RequestPlan, window: number, random: Random): number {
  switch (answered) {
    case 'NEVER':
      return window + 180 * DAY_MS;
    case 'LATE':
      return window + Math.round(random.exponential(36)) * HOUR_MS + HOUR_MS;
    case 'IN_TIME':
      return random.between(0.1, 0.95) * window;
  }
}

/** After the limit has ended; what is found unsatisfactory is handled again, once. */
function callBack(flow: RequestFlow): void {
  const { plan, random, log } = flow;
  const { dueAt } = log.progress.clock('ANSWER');
  const hoursAfter = (instant: number, most: number) => instant + random.integer(4, most) * HOUR_MS;
  const first = { action: 'CALL_BACK', at: hoursAfter(Math.max(log.at, dueAt ?? 0), 72) };
  if (!plan.second) {
    act(flow, 'CALLBACK', { ...first, judgement: plan.judgement });
    return;
  }
  act(flow, 'CALLBACK', { ...first, judgement: UNSATISFACTORY });
  act(flow, 'CALLBACK', { action: 'HANDLE_AGAIN', at: minutesLater(flow, 10, 300), reason: '回访不满意' });
  const second = log.progress.clock('SECOND');
  actOfUnit(flow, { action: 'ANSWER', at: addTime(log.at, random.between(0.3, 0.9) * 8 * HOUR_MS, second.unit) });
  act(flow, 'CALLBACK', { action: 'CALL_BACK', at: hoursAfter(log.at, 48), judgement: plan.judgement });
}
