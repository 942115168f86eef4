/** What the steps of one case share: its plan, its people, and what was done so far. */
import { MINUTE_MS } from '../../data-period.ts';
import type { Random } from '../../random.ts';
import type { ActLog, Actor } from '../act-log.ts';
import type { Officer, Staff, Team } from '../offices/staff.ts';
import type { CasePlan } from './case-plan.ts';

export interface CaseCast {
  readonly staff: Staff;
  readonly reporter: Actor;
}

export interface CaseFlow {
  readonly plan: CasePlan;
  readonly random: Random;
  readonly cast: CaseCast;
  readonly log: ActLog;
}

/** Minutes after the last act, drawn between two bounds. */
export function minutesLater({ log, random }: CaseFlow, from: number, to: number): number {
  return log.at + random.between(from, to) * MINUTE_MS;
}

/** The deadline of a clock; the instant of the last act if it has none. */
export function readDueAt({ log }: CaseFlow, clock: 'ACCEPT' | 'HANDLE' | 'TOTAL'): number {
  return log.progress.clocks.get(clock)?.dueAt ?? log.at;
}

/** The department that has the case, and its people. */
export function ownTeam({ cast, log }: CaseFlow): { readonly department: string; readonly team: Team } {
  const department = log.progress.department!;
  return { department, team: cast.staff.team(department) };
}

/** The handler whom the department named last. */
export function namedHandler(flow: CaseFlow): Officer {
  return ownTeam(flow).team.handlers.find(({ id }) => id === flow.log.progress.named('HANDLER'))!;
}

/** The acceptor whom the dispatcher named last. */
export function namedAcceptor({ cast, log }: CaseFlow): Officer {
  return cast.staff.ACCEPTOR.find(({ id }) => id === log.progress.named('ACCEPTOR'))!;
}
