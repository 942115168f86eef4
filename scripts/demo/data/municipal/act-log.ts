/** Applies proposed acts to the flow of the standard until one lies after the clock, and keeps what was done by whom. */
import type { AppliedStage, FlowProgress, FlowStage, Judgement } from '@yiwang/schema/cases';
import type { Officer } from './offices/staff.ts';

/** Thrown by an act that would lie after the clock; everything stands as it was before. */
const NOT_YET = Symbol('the act lies after the clock');

/** Who acts: an officer, somebody from outside, or nobody. */
export type Actor = Officer | { readonly id: null; readonly name: string; readonly phone: string } | null;

export interface Act {
  readonly action: string;
  readonly role: string;
  /** Epoch milliseconds; rounded to whole seconds. */
  readonly at: number;
  readonly actor?: Actor;
  readonly receiver?: Officer;
  readonly department?: string | null;
  readonly reason?: string | null;
  readonly until?: number | null;
  readonly judgement?: Judgement;
}

export interface DoneAct extends AppliedStage {
  readonly stage: FlowStage;
  readonly by: Actor;
}

export interface ActLog {
  readonly progress: FlowProgress;
  readonly acts: readonly DoneAct[];
  /** The instant of the last act. */
  readonly at: number;
  /** Returns the instant of the act. */
  act(act: Act): number;
}

export interface ActLogInput {
  readonly progress: FlowProgress;
  /** Nothing happens later. */
  readonly now: number;
  apply(progress: FlowProgress, stage: FlowStage): AppliedStage;
}

export function createActLog({ progress, now, apply }: ActLogInput): ActLog {
  const acts: DoneAct[] = [];
  return {
    progress,
    acts,
    get at() {
      return progress.at;
    },
    act({
      action,
      role,
      at: proposed,
      actor = null,
      receiver,
      department = null,
      reason = null,
      until = null,
      judgement,
    }) {
      const at = Math.round(proposed / 1000) * 1000;
      if (at > now) throw NOT_YET;
      const stage: FlowStage = {
        action,
        role,
        at,
        actor: actor?.id ?? null,
        receiver: receiver?.id ?? null,
        department,
        reason,
        until,
        judgement: judgement ?? null,
      };
      const { from, to, dueAt } = apply(progress, stage);
      acts.push({ stage, by: actor, from, to, dueAt });
      return at;
    },
  };
}

/** Runs the acts, and ends without an error at the first that lies after the clock. */
export function runUntilNow(acts: () => void): void {
  try {
    acts();
  } catch (stop) {
    if (stop !== NOT_YET) throw stop;
  }
}
