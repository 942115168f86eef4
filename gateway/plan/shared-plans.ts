/** Texts that planners are given → plans, each made once and kept while something uses it. */
import { createBoundedMap } from '../kit/bounded-map.ts';
import { sha256 } from '../kit/digest.ts';
import { createGate } from '../kit/gate.ts';
import type { Caller } from '../model/caller.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { PlanNode } from '../model/plan.ts';
import type { Planner } from './port.ts';

/** What a planner is asked. */
export interface PlanQuestion {
  readonly text: string;
  readonly operationName: string | undefined;
  /** What percentages of `@override` are compared with. */
  readonly draw: number;
}

export interface SharedPlans<Plan> {
  /** The plan, to be released once. Where it fails there is nothing to release. Who has to wait takes turns with other callers. */
  take(asked: PlanQuestion, caller?: Caller): Promise<Plan>;
  release(asked: PlanQuestion): void;
  /** Of memory, as estimated. */
  readonly bytes: number;
}

export interface SharedPlansOptions<Plan> {
  readonly limits: Pick<Limits, 'planCacheMax' | 'planRefusalMs' | 'plansAtOnceMax' | 'plansWaitingMax'>;
  readonly planner: Pick<Planner, 'plan'>;
  /** Undefined where nothing has to be fetched. */
  readonly compile: (node: PlanNode | undefined) => Plan;
  /** Milliseconds. */
  readonly now?: () => number;
}

interface Shared<Plan> {
  readonly plan: Promise<Plan>;
  users: number;
  bytes: number;
}

/** Heap of a compiled plan, for each character of the plan as JSON. */
const BYTES_PER_CHARACTER = 20;

export function createSharedPlans<Plan>(options: SharedPlansOptions<Plan>): SharedPlans<Plan> {
  const { limits, planner, compile, now = () => performance.now() } = options;
  const plans = new Map<string, Shared<Plan>>();
  /** By digest: a text that is refused may be long. */
  const refusals = createBoundedMap<string, { error: PublicError; until: number }>(limits.planCacheMax);
  const gate = createGate({ insideMax: () => limits.plansAtOnceMax, waitingMax: limits.plansWaitingMax });
  let bytes = 0;

  /** Throws `OVERLOADED` where too many wait. */
  const untilTurn = (caller: Caller | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const mayWait = gate.enter({ group: caller?.kind, part: caller?.key, go: resolve });
      if (!mayWait) reject(tooMany(gate.waiting, limits.plansWaitingMax));
    });
  const planOf = async (asked: PlanQuestion, caller: Caller | undefined): Promise<PlanNode | undefined> => {
    const { text, operationName, draw } = asked;
    if (text === '') return undefined;
    const digest = sha256(keyOf(asked));
    const refusal = refusals.get(digest);
    if (refusal && refusal.until > now()) throw again(refusal.error);
    await untilTurn(caller);
    try {
      return await planner.plan(text, operationName, draw);
    } catch (error) {
      const isKept = error instanceof PublicError && error.code !== 'OVERLOADED';
      if (isKept) refusals.set(digest, { error, until: now() + limits.planRefusalMs });
      throw error;
    } finally {
      gate.leave();
    }
  };
  const make = (asked: PlanQuestion, caller: Caller | undefined): Shared<Plan> => {
    const plan = planOf(asked, caller).then((node) => {
      shared.bytes = BYTES_PER_CHARACTER * (JSON.stringify(node ?? null).length + asked.text.length);
      bytes += shared.bytes;
      return compile(node);
    });
    const shared: Shared<Plan> = { plan, users: 0, bytes: 0 };
    plan.catch(() => remove(keyOf(asked), shared));
    return shared;
  };
  const remove = (key: string, shared: Shared<Plan>): void => {
    plans.delete(key);
    bytes -= shared.bytes;
  };

  return {
    take(asked, caller) {
      const key = keyOf(asked);
      let shared = plans.get(key);
      if (!shared) {
        shared = make(asked, caller);
        plans.set(key, shared);
      }
      shared.users++;
      return shared.plan;
    },
    release(asked) {
      const key = keyOf(asked);
      const shared = plans.get(key);
      if (!shared) return;
      shared.users--;
      if (shared.users === 0) remove(key, shared);
    },
    get bytes() {
      return bytes;
    },
  };
}

function tooMany(waiting: number, plansWaitingMax: number): PublicError {
  const message = `${waiting} operations wait to be planned already; ask again later.`;
  return new PublicError('OVERLOADED', message, { extensions: { limit: 'plansWaitingMax', max: plansWaitingMax } });
}

/** The name is of the only operation, and says nothing to planners. */
function keyOf({ text, draw }: PlanQuestion): string {
  return draw === 0 ? text : `${draw} ${text}`;
}

/** Each request has an error of its own. */
function again({ code, message, extensions }: PublicError): PublicError {
  return new PublicError(code, message, { extensions });
}
