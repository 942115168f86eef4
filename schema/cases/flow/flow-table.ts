/** A flow as data: what may follow what, who may do it, what it asks for, and what it does to the clocks. */
import { describeValue, StandardError } from '../../standard/standard-error.ts';

/** What an act does to a clock; the words for each stand in the table. A clock that is not named goes on. */
export type ClockEffect = 'START' | 'ANEW' | 'PAUSE' | 'RESUME' | 'RESUME_OR_ANEW' | 'STOP' | 'EXTEND' | 'SUSPEND';

/** A part in something that is asked by one role, passed on by others, and granted by the last. */
export interface ChainStep {
  readonly chain: string;
  readonly step: 'ASK' | 'ENDORSE' | 'REFUSE' | 'GRANT';
}

/** A row of the table. Names of clocks, instants, counters and checks are those of its flow. */
export interface TransitionRow {
  /** Null before the first act; a list stands for a row for each of its states. */
  readonly from: string | null | readonly string[];
  readonly action: string;
  readonly roles: readonly string[];
  /** The state stays if it is absent. */
  readonly to?: string;
  readonly reasonRequired?: boolean;
  /** GIVEN: the act names the department that gets it; OWN: the department that acts is the one that has it. */
  readonly department?: 'GIVEN' | 'OWN';
  /** The role for which the act may name an officer. */
  readonly names?: string;
  readonly checks?: readonly string[];
  readonly clocks?: Readonly<Record<string, ClockEffect>>;
  /** The instants that the act sets. */
  readonly sets?: readonly string[];
  /** The counter that the act raises by one. */
  readonly counts?: string;
  readonly request?: ChainStep;
  /** What was asked and is not decided lapses. */
  readonly cancels?: readonly string[];
  /** The first receiver is no longer responsible; whoever gets it next is. */
  readonly freesFirstReceiver?: boolean;
  /** The act brings the requester's judgement. */
  readonly judges?: boolean;
  /** A further condition in words, which programs do not check. */
  readonly guard?: string;
}

/** One transition, from one state. */
export interface Transition {
  readonly from: string | null;
  readonly action: string;
  readonly roles: readonly string[];
  readonly to: string;
  readonly reasonRequired: boolean;
  readonly department: 'GIVEN' | 'OWN' | null;
  readonly names: string | null;
  readonly checks: readonly string[];
  readonly clocks: readonly (readonly [clock: string, effect: ClockEffect])[];
  readonly sets: readonly string[];
  readonly counts: string | null;
  readonly request: ChainStep | null;
  readonly cancels: readonly string[];
  readonly freesFirstReceiver: boolean;
  readonly judges: boolean;
  readonly guard: string | null;
}

/** What is asked and decided: the roles in their order, the last of which grants it. */
export interface Chain {
  readonly name: string;
  readonly roles: readonly string[];
  readonly asksMax?: number;
  readonly grantsMax?: number;
  /** After so many refusals it may not be asked again. */
  readonly refusalsMax?: number;
  readonly certainty: string;
}

export interface FlowFile {
  /** The states of each public status. */
  readonly statuses: Readonly<Record<string, readonly string[]>>;
  readonly roles: Readonly<Record<string, string>>;
  readonly clocks: Readonly<Record<string, string>>;
  readonly instants: Readonly<Record<string, 'FIRST' | 'LAST'>>;
  readonly chains: Readonly<Record<string, Chain>>;
  /** The names of the checks, in words. */
  readonly checks: Readonly<Record<string, string>>;
  /** Who acts in this role has handled it. */
  readonly handlerRole: string;
  readonly transitions: readonly TransitionRow[];
}

export interface FlowTable {
  readonly file: FlowFile;
  readonly transitions: readonly Transition[];
  /** Transitions out of a state; null stands for "before the first act". */
  from(state: string | null): readonly Transition[];
  find(state: string | null, action: string): Transition | undefined;
  /** Throws a `StandardError` with TRANSITION for an unknown state. */
  statusOf(state: string): string;
}

export function createFlowTable(file: FlowFile): FlowTable {
  const transitions = file.transitions.flatMap(expandRow);
  const byState = new Map<string | null, Map<string, Transition>>();
  for (const transition of transitions) {
    const actions = byState.get(transition.from) ?? new Map<string, Transition>();
    byState.set(transition.from, actions.set(transition.action, transition));
  }
  const statuses = new Map(
    Object.entries(file.statuses).flatMap(([status, states]) => states.map((state) => [state, status] as const)),
  );
  return {
    file,
    transitions,
    from: (state) => [...(byState.get(state)?.values() ?? [])],
    find: (state, action) => byState.get(state)?.get(action),
    statusOf(state) {
      const status = statuses.get(state);
      if (status === undefined)
        throw new StandardError('TRANSITION', `${describeValue(state)} is no state of the flow`);
      return status;
    },
  };
}

/** What may follow in a state, in words. */
export function describeOpenActs(table: FlowTable, state: string | null): string {
  const actions = table.from(state).map(({ action }) => action);
  return actions.length === 0 ? 'nothing, the state is final,' : actions.join(', ');
}

function expandRow(row: TransitionRow): readonly Transition[] {
  const froms = row.from === null || typeof row.from === 'string' ? [row.from] : row.from;
  return froms.map((from) => ({
    from,
    action: row.action,
    roles: row.roles,
    to: stateAfter(row, from),
    reasonRequired: row.reasonRequired ?? false,
    department: row.department ?? null,
    names: row.names ?? null,
    checks: row.checks ?? [],
    clocks: Object.entries(row.clocks ?? {}),
    sets: row.sets ?? [],
    counts: row.counts ?? null,
    request: row.request ?? null,
    cancels: row.cancels ?? [],
    freesFirstReceiver: row.freesFirstReceiver ?? false,
    judges: row.judges ?? false,
    guard: row.guard ?? null,
  }));
}

function stateAfter({ to, action }: TransitionRow, from: string | null): string {
  const state = to ?? from;
  if (state === null) throw new Error(`the table of transitions gives ${action} no state to lead to`);
  return state;
}
