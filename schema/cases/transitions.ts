/**
 * The flow of a case as a table of states (one real city's rules, GB/T 30428.8), and the public status of each state.
 */
import { once, readData } from '../standard/data-file.ts';
import { describeValue, StandardError } from '../standard/standard-error.ts';

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

export interface Transition {
  /** Null for the first: the report. */
  readonly from: string | null;
  readonly action: string;
  readonly actor: string;
  readonly to: string;
  readonly reasonRequired: boolean;
  /** A further condition, in words. */
  readonly guard?: string;
}

interface TransitionsFile {
  readonly statuses: Readonly<Record<CaseStatus, readonly string[]>>;
  readonly transitions: readonly Transition[];
}

const file = once(() => readData<TransitionsFile>('transitions.json'));
const statusByState = once(
  () => new Map(CASE_STATUSES.flatMap((status) => file().statuses[status].map((state) => [state, status] as const))),
);

export function transitions(): readonly Transition[] {
  return file().transitions;
}

/** Returns the transitions out of a state; null stands for "before the report". */
export function transitionsFrom(state: string | null): readonly Transition[] {
  return transitions().filter(({ from }) => from === state);
}

/** Throws a `StandardError` with TRANSITION if the state does not allow the action. */
export function transitionBy(state: string | null, action: string): Transition {
  const openTransitions = transitionsFrom(state);
  const match = openTransitions.find((transition) => transition.action === action);
  if (match !== undefined) return match;
  const expectedActions =
    openTransitions.map((transition) => transition.action).join(', ') || 'nothing, the state is final,';
  throw new StandardError(
    'TRANSITION',
    `The action ${describeValue(action)} is not open in ${describeValue(state)}; ${expectedActions} was expected`,
  );
}

/** The public status of a state of the flow. Throws a `StandardError` with TRANSITION for an unknown state. */
export function statusOf(state: string): CaseStatus {
  const status = statusByState().get(state);
  if (status === undefined)
    throw new StandardError('TRANSITION', `${describeValue(state)} is not a state of the case flow`);
  return status;
}
