/** One case's way through the six steps: a plan → acts, which the flow of the standard applies, cut off at the clock. */
import { applyCaseStage, startCase } from '@yiwang/schema/cases';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../data-period.ts';
import type { Random } from '../../random.ts';
import { type Act, type ActLog, createActLog, runUntilNow } from '../act-log.ts';
import type { Officer } from '../offices/staff.ts';
import type { CasePlan, CaseSource } from './case-plan.ts';
import { appeal, askExtension, suspend } from './case-requests.ts';
import {
  type CaseCast,
  type CaseFlow,
  minutesLater,
  namedAcceptor,
  namedHandler,
  ownTeam,
  readDueAt,
} from './case-simulation.ts';
import { type Hours, hoursLater, shareOf } from './case-times.ts';

const ARCHIVE_MS = 7 * DAY_MS;
const NEVER = Number.POSITIVE_INFINITY;
/** Of stuck cases. */
const NEVER_SHARE = 0.15;
const DISPATCHED_LATE_SHARE = 0.015;
/** The acceptor files what is plain, the shift leader the rest. */
const FILED_BY_ACCEPTOR_SHARE = 0.4;

const VOID_REASONS = ['不符合立案条件', '位置不明，无法核实', '现场未发现上报问题', '不属于管理范围'] as const;
const REFILE_REASONS = ['立案条件选择有误', '缺少权属信息，请补充'] as const;
const RETURN_REASONS = ['非本单位职责，建议转交权属单位', '不在本单位管辖范围'] as const;
const REWORK_REASONS = ['现场核查未处置到位', '处置照片与现场不符', '问题反弹'] as const;

/** In which role a source reports; sensors and video are the system's. */
const REPORTING_ROLES: Readonly<Record<CaseSource, string>> = {
  PATROL: 'COLLECTOR',
  HOTLINE: 'PUBLIC',
  PUBLIC: 'PUBLIC',
  VIDEO: 'SYSTEM',
  SENSOR: 'SYSTEM',
  LEADER: 'SHIFT_LEADER',
  DEPARTMENT: 'SHIFT_LEADER',
};

export interface SimulationInput {
  readonly random: Random;
  readonly now: number;
  readonly cast: CaseCast;
}

export function simulateCase(plan: CasePlan, { random, now, cast }: SimulationInput): ActLog {
  const log = createActLog({ progress: startCase({ limit: plan.condition.limit }), now, apply: applyCaseStage });
  const flow: CaseFlow = { plan, random, cast, log };
  runUntilNow(() => {
    if (establish(flow)) {
      dispatch(flow);
      handle(flow);
      close(flow);
    }
  });
  return log;
}

/** Report, verify, file or void. False if the case ends here. */
function establish(flow: CaseFlow): boolean {
  const { plan, random, cast, log } = flow;
  const report = { role: REPORTING_ROLES[plan.source], at: plan.reportedAt, actor: cast.reporter };
  if (plan.outcome === 'SELF_HANDLED') {
    log.act({ action: 'SELF_HANDLE', ...report });
    return false;
  }
  log.act({ action: 'REPORT', ...report });
  const acceptor = random.pick(cast.staff.ACCEPTOR);
  if (plan.verified) verify(flow, acceptor);
  const at = plan.filedLate
    ? Math.max(readDueAt(flow, 'ACCEPT'), log.at) + (random.exponential(40) + 1) * MINUTE_MS
    : minutesLater(flow, 1, 3.5);
  const byAcceptor = random.chance(FILED_BY_ACCEPTOR_SHARE);
  const by = byAcceptor
    ? { role: 'ACCEPTOR', actor: acceptor }
    : { role: 'SHIFT_LEADER', actor: random.pick(cast.staff.SHIFT_LEADER) };
  if (plan.outcome === 'VOIDED') {
    log.act({ action: 'VOID', at, ...by, reason: random.pick(VOID_REASONS) });
    return false;
  }
  log.act({ action: 'FILE', at, ...by });
  if (plan.refiled) refile(flow, acceptor);
  return true;
}

function verify(flow: CaseFlow, acceptor: Officer): void {
  const { plan, random, cast, log } = flow;
  const collector = random.pick(cast.staff.COLLECTOR);
  log.act({ action: 'VERIFY', role: 'ACCEPTOR', at: minutesLater(flow, 0.5, 2), actor: acceptor, receiver: collector });
  const at = plan.reportedAt + random.between(3, 11) * MINUTE_MS;
  log.act({ action: 'ANSWER', role: 'COLLECTOR', at, actor: collector });
}

function refile(flow: CaseFlow, acceptor: Officer): void {
  const { random, cast, log } = flow;
  const dispatcher = random.pick(cast.staff.DISPATCHER);
  const back = { role: 'DISPATCHER', actor: dispatcher, reason: random.pick(REFILE_REASONS) };
  log.act({ action: 'RETURN', at: minutesLater(flow, 2, 10), ...back });
  log.act({ action: 'FILE', role: 'ACCEPTOR', at: minutesLater(flow, 2, 10), actor: acceptor });
}

/** Dispatch; the department may send it back, and the dispatcher chooses again. */
function dispatch(flow: CaseFlow): void {
  const { plan, random, log } = flow;
  const [first, second] = plan.departments;
  const late = random.chance(DISPATCHED_LATE_SHARE);
  dispatchTo(flow, first, late ? minutesLater(flow, 16, 70) : minutesLater(flow, 1, 13));
  if (second === undefined) return;
  const { department, team } = ownTeam(flow);
  const back = { role: 'HANDLING_DEPARTMENT', actor: team.desk, department, reason: random.pick(RETURN_REASONS) };
  log.act({ action: 'RETURN', at: minutesLater(flow, 10, 100), ...back });
  dispatchTo(flow, second, minutesLater(flow, 1, 13));
}

function dispatchTo({ random, cast, log }: CaseFlow, department: string, at: number): void {
  log.act({ action: 'DISPATCH', role: 'DISPATCHER', at, actor: random.pick(cast.staff.DISPATCHER), department });
}

/** Assign, extend, suspend, do the work; once more after a rework. */
function handle(flow: CaseFlow): void {
  const { plan, random } = flow;
  assign(flow);
  if (plan.extension !== null) askExtension(flow, plan.extension);
  if (plan.suspended) suspend(flow);
  submit(flow, plan.reworkedBy === null ? random.between(0.08, 0.82) : random.between(0.15, 0.45));
  if (plan.reworkedBy === 'HANDLING_DEPARTMENT') {
    rework(flow, { role: 'HANDLING_DEPARTMENT', actor: ownTeam(flow).team.desk, department: ownTeam(flow).department });
    submit(flow, random.between(0.3, 0.6));
  }
  confirm(flow);
  if (plan.reworkedBy === 'DISPATCHER') {
    rework(flow, { role: 'DISPATCHER', actor: random.pick(flow.cast.staff.DISPATCHER) });
    workAgain(flow);
  }
  const acceptor = forward(flow);
  if (plan.reworkedBy === 'ACCEPTOR') {
    inspect(flow, acceptor);
    rework(flow, { role: 'ACCEPTOR', actor: acceptor });
    dispatchTo(flow, ownTeam(flow).department, minutesLater(flow, 1, 13));
    workAgain(flow);
    forward(flow);
  }
}

function rework(flow: CaseFlow, by: Pick<Act, 'role' | 'actor' | 'department'>): void {
  const reason = flow.random.pick(REWORK_REASONS);
  flow.log.act({ action: 'REWORK', at: minutesLater(flow, 2, 8), reason, ...by });
}

function workAgain(flow: CaseFlow): void {
  assign(flow);
  submit(flow, flow.random.between(0.55, 0.85));
  confirm(flow);
}

/** The department names a handler early in the limit; with a working limit, in working hours. */
function assign(flow: CaseFlow): void {
  const { plan, random, log } = flow;
  const { department, team } = ownTeam(flow);
  const { limit } = plan.condition;
  const at = shareOf(log.at, readDueAt(flow, 'HANDLE'), { share: random.between(0.01, 0.08), limit });
  const desk = { role: 'HANDLING_DEPARTMENT', actor: team.desk, department };
  log.act({ action: 'ASSIGN', at, ...desk, receiver: random.pick(team.handlers) });
}

/** Handles within a share of the time that is left, or beyond it. */
function submit(flow: CaseFlow, share: number): void {
  const { department } = ownTeam(flow);
  const actor = namedHandler(flow);
  flow.log.act({ action: 'SUBMIT', role: 'HANDLER', at: workEnd(flow, share), actor, department });
}

function workEnd(flow: CaseFlow, share: number): number {
  const { plan, random, log } = flow;
  const start = log.at;
  const due = readDueAt(flow, 'HANDLE');
  switch (plan.outcome) {
    case 'LATE':
      return Math.max(readDueAt(flow, 'TOTAL'), start) + random.exponential(30) * HOUR_MS;
    case 'STUCK':
      return random.chance(NEVER_SHARE) ? NEVER : Math.max(due, start) + random.between(20, 200) * DAY_MS;
    case 'ON_TIME':
    case 'VOIDED':
    case 'SELF_HANDLED':
      return shareOf(start, due, { share, limit: plan.condition.limit });
  }
}

/** The department confirms. */
function confirm(flow: CaseFlow): void {
  const { department, team } = ownTeam(flow);
  const desk = { role: 'HANDLING_DEPARTMENT', actor: team.desk, department };
  flow.log.act({ action: 'FORWARD', at: minutesLater(flow, 1, 9), ...desk });
}

/** The dispatcher names the acceptor who closes it. */
function forward(flow: CaseFlow): Officer {
  const { random, cast, log } = flow;
  const [dispatcher, acceptor] = [random.pick(cast.staff.DISPATCHER), random.pick(cast.staff.ACCEPTOR)];
  log.act({
    action: 'FORWARD',
    role: 'DISPATCHER',
    at: minutesLater(flow, 1, 6),
    actor: dispatcher,
    receiver: acceptor,
  });
  return acceptor;
}

/** Collectors and acceptors keep the hours of the limit: by day, unless the matter is urgent. */
function inspect(flow: CaseFlow, acceptor: Officer): void {
  const { random, cast, log } = flow;
  const collector = random.pick(cast.staff.COLLECTOR);
  const sent = later(flow, { continuous: [0.02, 0.08], working: [0.05, 0.3] });
  log.act({ action: 'INSPECT', role: 'ACCEPTOR', at: sent, actor: acceptor, receiver: collector });
  const at = later(flow, { continuous: [0.08, 0.5], working: [0.15, 1.9] });
  log.act({ action: 'ANSWER', role: 'COLLECTOR', at, actor: collector });
}

function close(flow: CaseFlow): void {
  const { plan, log } = flow;
  const acceptor = namedAcceptor(flow);
  inspect(flow, acceptor);
  const at = later(flow, { continuous: [0.05, 0.4], working: [0.1, 1.2] });
  const closedAt = log.act({ action: 'CLOSE', role: 'ACCEPTOR', at, actor: acceptor });
  if (plan.appeal !== null) appeal(flow, { outcome: plan.appeal, acceptor });
  log.act({ action: 'ARCHIVE', role: 'SYSTEM', at: closedAt + ARCHIVE_MS });
}

function later({ plan, random, log }: CaseFlow, hours: { continuous: Hours; working: Hours }): number {
  return hoursLater(log.at, hours, { limit: plan.condition.limit, random });
}
