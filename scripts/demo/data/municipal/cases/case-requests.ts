/** What is asked about a case and decided: more time, a pause, and what is held against its lateness. */
import { isCaseOnTime } from '@yiwang/schema/cases';
import { DATA_END, DAY_MS } from '../../data-period.ts';
import type { Officer } from '../offices/staff.ts';
import type { RequestOutcome } from './case-plan.ts';
import { type CaseFlow, minutesLater, namedHandler, ownTeam, readDueAt } from './case-simulation.ts';
import { shareOf } from './case-times.ts';

const EXTEND_REASONS = ['需协调产权单位', '配件采购周期较长', '雨天无法施工'] as const;
const SUSPEND_REASONS = ['需列入年度改造计划', '涉及诉讼，等待判决', '待轨道交通施工结束后恢复'] as const;
const APPEAL_REASONS = ['现场持续暴雨无法作业', '权属单位更换，交接期间不计'] as const;
const REFUSE_REASONS = ['理由不充分', '可在原时限内完成'] as const;
/** The handler asks the department first; otherwise the department asks by itself. */
const ASKED_BY_HANDLER_SHARE = 0.5;
/** The working calendar ends with the year: what is suspended comes back early enough to have a deadline. */
const SUSPENSION_END_MAX = DATA_END + 20 * DAY_MS;

/** An extension adds one original limit to the deadlines. */
export function askExtension(flow: CaseFlow, outcome: RequestOutcome): void {
  ask(flow, { chain: 'EXTENSION', reason: flow.random.pick(EXTEND_REASONS) });
  const decision = decide(flow);
  if (outcome === 'GRANTED') flow.log.act({ action: 'EXTEND', ...decision });
  else flow.log.act({ action: 'REFUSE_EXTENSION', ...decision, reason: flow.random.pick(REFUSE_REASONS) });
}

/** The clock stands still until the end date, which is known from the start. */
export function suspend(flow: CaseFlow): void {
  const { random, log } = flow;
  ask(flow, { chain: 'SUSPENSION', reason: random.pick(SUSPEND_REASONS) });
  const decision = decide(flow);
  const days = random.integer(5, 60) * DAY_MS;
  const until = Math.min(Math.round(decision.at / 1000) * 1000 + days, SUSPENSION_END_MAX);
  log.act({ action: 'SUSPEND', ...decision, until });
  log.act({ action: 'RESUME', role: 'SYSTEM', at: until });
}

/** The department appeals against a late closing; the dispatcher passes it on, and the acceptor decides. */
export function appeal(
  flow: CaseFlow,
  { outcome, acceptor }: { readonly outcome: RequestOutcome; readonly acceptor: Officer },
): void {
  const { random, cast, log } = flow;
  if (isCaseOnTime(log.progress) !== false) return;
  const { department, team } = ownTeam(flow);
  const daysLater = () => log.at + random.between(0.3, 1.8) * DAY_MS;
  const desk = { role: 'HANDLING_DEPARTMENT', actor: team.desk, department };
  log.act({ action: 'APPEAL', at: daysLater(), ...desk, reason: random.pick(APPEAL_REASONS) });
  const dispatcher = random.pick(cast.staff.DISPATCHER);
  log.act({ action: 'ENDORSE_APPEAL', role: 'DISPATCHER', at: daysLater(), actor: dispatcher });
  const decision = { role: 'ACCEPTOR', at: daysLater(), actor: acceptor };
  if (outcome === 'GRANTED') log.act({ action: 'GRANT_APPEAL', ...decision });
  else log.act({ action: 'REFUSE_APPEAL', ...decision, reason: random.pick(REFUSE_REASONS) });
}

function ask(flow: CaseFlow, { chain, reason }: { chain: 'EXTENSION' | 'SUSPENSION'; reason: string }): void {
  const { plan, random, log } = flow;
  const { department, team } = ownTeam(flow);
  const { limit } = plan.condition;
  const at = shareOf(log.at, readDueAt(flow, 'HANDLE'), { share: random.between(0.1, 0.4), limit });
  const desk = { role: 'HANDLING_DEPARTMENT', actor: team.desk, department };
  if (!random.chance(ASKED_BY_HANDLER_SHARE)) {
    log.act({ action: `ASK_${chain}`, at, ...desk, reason });
    return;
  }
  log.act({ action: `ASK_${chain}`, role: 'HANDLER', at, actor: namedHandler(flow), department, reason });
  log.act({ action: `ENDORSE_${chain}`, at: minutesLater(flow, 5, 40), ...desk });
}

function decide(flow: CaseFlow) {
  return {
    role: 'DISPATCHER',
    at: minutesLater(flow, 5, 50),
    actor: flow.random.pick(flow.cast.staff.DISPATCHER),
  };
}
