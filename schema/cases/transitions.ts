/**
 * The flow of a case as a table of states (one real city's rules, GB/T 30428.8), and the public status of each state.
 */
import { once, readData } from '../standard/data-file.ts';
import { describeValue, StandardError } from '../standard/standard-error.ts';
import {
  type ClockEffect,
  createFlowTable,
  describeOpenActs,
  type FlowFile,
  type FlowTable,
  type Transition,
} from './flow/flow-table.ts';

/** The public statuses, in the order of the work. */
export const CASE_STATUSES = [
  'REPORTED',
  'FILED',
  'DISPATCHED',
  'HANDLING',
  'HANDLED',
  'INSPECTING',
  'CLOSED',
  'VOIDED',
] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

/** The clocks, in the order of the work. */
export const CASE_CLOCKS = ['ACCEPT', 'VERIFY', 'DISPATCH', 'HANDLE', 'INSPECT', 'TOTAL'] as const;
export type CaseClockName = (typeof CASE_CLOCKS)[number];

interface CaseFlowFile extends FlowFile {
  readonly effects: Readonly<Record<ClockEffect, string>>;
  /** The greatest length of a suspension. */
  readonly suspensionDaysMax: number;
}

const file = once(() => readData<CaseFlowFile>('transitions.json'));

export const caseTable: () => FlowTable = once(() => createFlowTable(file()));

/** What each effect does to a clock, in words; the same for cases and requests. */
export function clockEffects(): Readonly<Record<ClockEffect, string>> {
  return file().effects;
}

export function suspensionDaysMax(): number {
  return file().suspensionDaysMax;
}

export function transitions(): readonly Transition[] {
  return caseTable().transitions;
}

/** Returns the transitions out of a state; null stands for "before the report". */
export function transitionsFrom(state: string | null): readonly Transition[] {
  return caseTable().from(state);
}

/** Throws a `StandardError` with TRANSITION if the state does not allow the action. */
export function transitionBy(state: string | null, action: string): Transition {
  const match = caseTable().find(state, action);
  if (match !== undefined) return match;
  throw new StandardError(
    'TRANSITION',
    `The action ${describeValue(action)} is not open in ${describeValue(state)}; ${describeOpenActs(caseTable(), state)} was expected`,
  );
}

/** The public status of a state of the flow. Throws a `StandardError` with TRANSITION for an unknown state. */
export function statusOf(state: string): CaseStatus {
  const status = CASE_STATUSES.find((candidate) => candidate === caseTable().statusOf(state));
  if (status === undefined) throw new StandardError('TRANSITION', `${describeValue(state)} has no public status`);
  return status;
}
