/** Texts that planners are given → plans, each made once and kept while something uses it. */
import { createBoundedMap } from '../kit/bounded-map.ts';
import { sha256 } from '../kit/digest.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { PlanNode } from '../model/plan.ts';
import type { Planner } from './port.ts';

export interface SharedPlans<Plan> {
  /** The plan of the text, to be released once. Where it fails there is nothing to release. */
  take(text: string, operationName: string | undefined): Promise<Plan>;
  release(text: string): void;
  /** Of memory, as estimated. */
  readonly bytes: number;
}

export interface SharedPlansOptions<Plan> {
  readonly limits: Pick<Limits, 'planCacheMax' | 'planRefusalMs'>;
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
  let bytes = 0;

  const planOf = async (text: string, operationName: string | undefined): Promise<PlanNode | undefined> => {
    if (text === '') return undefined;
    const digest = sha256(text);
    const refusal = refusals.get(digest);
    if (refusal && refusal.until > now()) throw again(refusal.error);
    try {
      return await planner.plan(text, operationName);
    } catch (error) {
      const isKept = error instanceof PublicError && error.code !== 'OVERLOADED';
      if (isKept) refusals.set(digest, { error, until: now() + limits.planRefusalMs });
      throw error;
    }
  };
  const make = (text: string, operationName: string | undefined): Shared<Plan> => {
    const plan = planOf(text, operationName).then((node) => {
      shared.bytes = BYTES_PER_CHARACTER * (JSON.stringify(node ?? null).length + text.length);
      bytes += shared.bytes;
      return compile(node);
    });
    const shared: Shared<Plan> = { plan, users: 0, bytes: 0 };
    plan.catch(() => remove(text, shared));
    return shared;
  };
  const remove = (text: string, shared: Shared<Plan>): void => {
    plans.delete(text);
    bytes -= shared.bytes;
  };

  return {
    take(text, operationName) {
      let shared = plans.get(text);
      if (!shared) {
        shared = make(text, operationName);
        plans.set(text, shared);
      }
      shared.users++;
      return shared.plan;
    },
    release(text) {
      const shared = plans.get(text);
      if (!shared) return;
      shared.users--;
      if (shared.users === 0) remove(text, shared);
    },
    get bytes() {
      return bytes;
    },
  };
}

/** Each request has an error of its own. */
function again({ code, message, extensions }: PublicError): PublicError {
  return new PublicError(code, message, { extensions });
}
