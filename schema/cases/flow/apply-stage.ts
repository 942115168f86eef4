/**
 * The engine of flows: progress and a stage → the progress after it, by the table. Everything is checked before anything
 * is changed, so that a stage that is refused leaves no trace.
 */

import { describeValue } from '../../standard/standard-error.ts';
import { addLimit, limitToMs } from '../../time/clock.ts';
import { FlowError } from './flow-error.ts';
import type { FlowProgress, FlowStage } from './flow-progress.ts';
import { type ChainStep, type ClockEffect, describeOpenActs, type Transition } from './flow-table.ts';

/** Returns what was expected if the stage is not allowed, and undefined if it is. Changes nothing. */
export type Check = (progress: FlowProgress, stage: FlowStage) => string | undefined;

/** By the name that the table gives the check. */
export type Checks = Readonly<Record<string, Check>>;

/** What a stage did. */
export interface AppliedStage {
  readonly from: string | null;
  readonly to: string;
  /** The deadline of the first clock that the stage stopped, paused or moved; null if it did none of it. */
  readonly dueAt: number | null;
}

/**
 * Throws a `FlowError` with the number of the stage and the rule that it breaks, and changes nothing then. A deadline
 * beyond the working calendar is a `StandardError` with CALENDAR, after which the progress is of no use.
 */
export function applyStage(progress: FlowProgress, stage: FlowStage, checks: Checks): AppliedStage {
  const transition = findTransition(progress, stage);
  assertWho(progress, stage, transition);
  assertDepartment(progress, stage, transition);
  if (transition.request !== null) assertChain(progress, stage, transition.request);
  assertLimits(progress, stage, transition);
  for (const name of transition.checks) {
    const check = checks[name];
    if (check === undefined) throw new Error(`the table names a check ${name} that nothing carries out`);
    const expected = check(progress, stage);
    if (expected !== undefined) throw refuse(progress, stage, { rule: name, message: expected });
  }
  return change(progress, stage, transition);
}

function findTransition(progress: FlowProgress, stage: FlowStage): Transition {
  const { table, state, at } = progress;
  const transition = table.find(state, stage.action);
  if (transition === undefined) {
    const place = state === null ? 'before the first act' : `in ${state}`;
    const message = `the act is not open ${place}; ${describeOpenActs(table, state)} was expected`;
    throw refuse(progress, stage, { rule: 'STATE', message });
  }
  if (!(stage.at >= at)) {
    const message = `${instantText(stage.at)} lies before the last stage, ${instantText(at)}`;
    throw refuse(progress, stage, { rule: 'TIME', message });
  }
  return transition;
}

function assertWho(progress: FlowProgress, stage: FlowStage, { roles, reasonRequired, judges }: Transition): void {
  if (!roles.includes(stage.role)) {
    const message = `the role ${describeValue(stage.role)} was given; ${roles.join(' or ')} was expected`;
    throw refuse(progress, stage, { rule: 'ROLE', message });
  }
  if (judges && !stage.judgement) {
    throw refuse(progress, stage, { rule: 'JUDGEMENT', message: 'the judgement is missing' });
  }
  if (reasonRequired && !stage.reason)
    throw refuse(progress, stage, { rule: 'REASON', message: 'a reason is missing' });
}

function assertDepartment(progress: FlowProgress, stage: FlowStage, { department }: Transition): void {
  const named = stage.department ?? null;
  if (department === 'GIVEN' && named === null) {
    throw refuse(progress, stage, { rule: 'GIVEN', message: 'the department that gets it is missing' });
  }
  if (department === 'OWN' && named !== progress.department) {
    const message = `the department ${describeValue(named)} acts; ${describeValue(progress.department)} has it`;
    throw refuse(progress, stage, { rule: 'OWN', message });
  }
}

function assertChain(progress: FlowProgress, stage: FlowStage, { chain: name, step }: ChainStep): void {
  const chain = progress.table.file.chains[name]!;
  const { roles, asksMax = Infinity, grantsMax = Infinity, refusalsMax = Infinity } = chain;
  const { awaits, asks, grants, refusals } = progress.chain(name);
  if (step === 'ASK') {
    if (awaits !== null) {
      throw refuse(progress, stage, { rule: 'PENDING', message: `${name} was asked before and waits for ${awaits}` });
    }
    if (asks >= asksMax) {
      throw refuse(progress, stage, { rule: 'ASKS_MAX', message: `${name} may be asked ${asksMax} times` });
    }
    if (refusals >= refusalsMax) {
      throw refuse(progress, stage, { rule: 'REFUSALS_MAX', message: `${name} was refused, and is not asked again` });
    }
  } else if (awaits !== stage.role || (step === 'GRANT' && awaits !== roles[roles.length - 1])) {
    const message = awaits === null ? `${name} was not asked` : `${name} waits for ${awaits}, not for ${stage.role}`;
    throw refuse(progress, stage, { rule: 'NOT_PENDING', message });
  }
  if ((step === 'ASK' || step === 'GRANT') && grants >= grantsMax) {
    throw refuse(progress, stage, { rule: 'GRANTS_MAX', message: `${name} is granted ${grantsMax} times at most` });
  }
}

function assertLimits(progress: FlowProgress, stage: FlowStage, { clocks }: Transition): void {
  for (const [name, effect] of clocks) {
    if (starts(effect) && !progress.terms.has(name)) {
      throw refuse(progress, stage, { rule: 'LIMIT', message: `the clock ${name} has no limit` });
    }
  }
}

function starts(effect: ClockEffect): boolean {
  return effect === 'START' || effect === 'ANEW' || effect === 'RESUME_OR_ANEW';
}

function change(progress: FlowProgress, stage: FlowStage, transition: Transition): AppliedStage {
  const { state: from } = progress;
  const { sets, counts, names, request, to } = transition;
  let dueAt: number | null = null;
  for (const [name, effect] of transition.clocks) {
    const before = progress.clocks.get(name)?.dueAt ?? null;
    changeClock(progress, stage, { name, effect });
    if (dueAt === null && !starts(effect) && effect !== 'RESUME') dueAt = before;
  }
  for (const name of sets) setInstant(progress, stage, { name, dueAt });
  if (counts !== null) progress.raiseCount(counts);
  if (names !== null && stage.receiver) progress.setNamed(names, stage.receiver);
  if (request !== null) changeChain(progress, stage, request);
  for (const name of transition.cancels) cancel(progress, name);
  changeParties(progress, stage, transition);
  progress.state = to;
  progress.at = stage.at;
  progress.stages++;
  return { from, to, dueAt };
}

function changeClock(
  progress: FlowProgress,
  stage: FlowStage,
  { name, effect }: { name: string; effect: ClockEffect },
): void {
  const clock = progress.clock(name);
  const { at } = stage;
  switch (effect) {
    case 'START':
      if (clock.startedAt === null) clock.start(at, dueFrom(progress, name, at));
      break;
    case 'ANEW':
      clock.start(at, dueFrom(progress, name, at));
      break;
    case 'RESUME_OR_ANEW':
      if (clock.startedAt !== null && stage.department === progress.department) clock.resume(at);
      else clock.start(at, dueFrom(progress, name, at));
      break;
    case 'PAUSE':
      clock.pause(at);
      break;
    case 'RESUME':
      progress.suspendedUntil = null;
      clock.resume(at);
      break;
    case 'STOP':
      clock.stop(at);
      break;
    case 'EXTEND':
      if (progress.limit !== null) clock.extend(limitToMs(progress.limit));
      break;
    case 'SUSPEND':
      progress.suspendedUntil = stage.until ?? null;
      clock.suspend(at, stage.until ?? at);
      break;
  }
}

/** Each term begins where the one before it ends: the deadline from the instant at which the clock starts. */
function dueFrom(progress: FlowProgress, name: string, at: number): number {
  let due = new Date(at);
  for (const limit of progress.terms.get(name) ?? []) due = addLimit(due, limit);
  return due.getTime();
}

function setInstant(
  progress: FlowProgress,
  stage: FlowStage,
  { name, dueAt }: { name: string; dueAt: number | null },
): void {
  if (progress.table.file.instants[name] === 'FIRST' && progress.instants.has(name)) return;
  progress.instants.set(name, stage.at);
  if (dueAt !== null) progress.onTime.set(name, stage.at <= dueAt);
}

function changeChain(progress: FlowProgress, stage: FlowStage, { chain: name, step }: ChainStep): void {
  const { roles } = progress.table.file.chains[name]!;
  const chain = progress.chain(name);
  const next = roles[roles.indexOf(stage.role) + 1] ?? null;
  progress.setChain(name, {
    awaits: step === 'ASK' || step === 'ENDORSE' ? next : null,
    asks: chain.asks + Number(step === 'ASK'),
    grants: chain.grants + Number(step === 'GRANT'),
    refusals: chain.refusals + Number(step === 'REFUSE'),
  });
}

function cancel(progress: FlowProgress, name: string): void {
  const chain = progress.chain(name);
  if (chain.awaits !== null) progress.setChain(name, { ...chain, awaits: null });
}

function changeParties(progress: FlowProgress, stage: FlowStage, { department, freesFirstReceiver }: Transition): void {
  if (department === 'GIVEN') {
    progress.department = stage.department ?? null;
    progress.firstReceiver ??= progress.department;
  }
  if (freesFirstReceiver) progress.firstReceiver = null;
  if (stage.judgement) progress.judgement = stage.judgement;
  if (stage.role === progress.table.file.handlerRole && stage.actor) progress.addHandler(stage.actor);
}

function refuse(
  progress: FlowProgress,
  stage: FlowStage,
  { rule, message }: { rule: string; message: string },
): FlowError {
  return new FlowError(progress.stages + 1, stage.action, { rule, message });
}

function instantText(at: number): string {
  return Number.isFinite(at) ? new Date(at).toISOString() : String(at);
}
