/** Texts that planners are given → plans. Each plan is made once, and kept as long as an operation uses it. */
import { createLruCache } from '../../kit/collections/lru-cache.ts';
import { createConcurrencyLimiter } from '../../kit/concurrency/concurrency-limiter.ts';
import { sha256 } from '../../kit/crypto/digest.ts';
import type { Caller } from '../../model/caller.ts';
import { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { PlanNode } from '../../model/plan.ts';
import { createOverloadError } from '../overload-error.ts';
import type { Planner } from '../planner.ts';

/** What a plan depends on. */
export interface PlannerInput {
  readonly text: string;
  readonly operationName: string | undefined;
  /** Compared with the percentages of `@override`. */
  readonly draw: number;
}

export interface SharedPlans<Plan> {
  /**
   * Returns the plan; the caller releases it once. If it rejects there is nothing to release. Callers take turns while
   * they wait.
   */
  acquire(input: PlannerInput, caller?: Caller): Promise<Plan>;
  release(input: PlannerInput): void;
  /** Estimated memory. */
  readonly bytes: number;
}

export interface SharedPlansOptions<Plan> {
  readonly limits: Pick<Limits, 'planCacheMax' | 'planRefusalMs' | 'plansAtOnceMax' | 'plansWaitingMax'>;
  readonly planner: Pick<Planner, 'plan'>;
  /** The node is undefined if nothing has to be fetched. */
  readonly compile: (node: PlanNode | undefined) => Plan;
  /** Milliseconds. */
  readonly now?: () => number;
}

interface SharedPlan<Plan> {
  readonly plan: Promise<Plan>;
  users: number;
  bytes: number;
}

/** Heap of a compiled plan, for each character of the plan as JSON. */
const PLAN_BYTES_PER_CHARACTER = 20;

export function createSharedPlans<Plan>(options: SharedPlansOptions<Plan>): SharedPlans<Plan> {
  const { limits, planner, compile, now = () => performance.now() } = options;
  const plans = new Map<string, SharedPlan<Plan>>();
  /** By digest, since a refused text may be long. */
  const refusals = createLruCache<string, { error: PublicError; until: number }>(limits.planCacheMax);
  const limiter = createConcurrencyLimiter({
    runningMax: () => limits.plansAtOnceMax,
    queueMax: limits.plansWaitingMax,
  });
  let bytes = 0;

  /** Rejects with `OVERLOADED` if too many wait. */
  const waitForTurn = (caller: Caller | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const mayWait = limiter.acquire({ group: caller?.kind, part: caller?.key, start: resolve });
      if (!mayWait) reject(createOverloadError(limiter.waiting, limits.plansWaitingMax));
    });
  const planWhenFree = async (input: PlannerInput, caller: Caller | undefined): Promise<PlanNode | undefined> => {
    const { text, operationName, draw } = input;
    if (text === '') return undefined;
    const digest = sha256(planKey(input));
    const refusal = refusals.get(digest);
    if (refusal && refusal.until > now()) throw copyOfError(refusal.error);
    await waitForTurn(caller);
    try {
      return await planner.plan(text, operationName, draw);
    } catch (error) {
      const isKept = error instanceof PublicError && error.code !== 'OVERLOADED';
      if (isKept) refusals.set(digest, { error, until: now() + limits.planRefusalMs });
      throw error;
    } finally {
      limiter.release();
    }
  };
  const startPlan = (input: PlannerInput, caller: Caller | undefined): SharedPlan<Plan> => {
    const plan = planWhenFree(input, caller).then((node) => {
      shared.bytes = PLAN_BYTES_PER_CHARACTER * (JSON.stringify(node ?? null).length + input.text.length);
      bytes += shared.bytes;
      return compile(node);
    });
    const shared: SharedPlan<Plan> = { plan, users: 0, bytes: 0 };
    plan.catch(() => remove(planKey(input), shared));
    return shared;
  };
  const remove = (key: string, shared: SharedPlan<Plan>): void => {
    plans.delete(key);
    bytes -= shared.bytes;
  };

  return {
    acquire(input, caller) {
      const key = planKey(input);
      let shared = plans.get(key);
      if (!shared) {
        shared = startPlan(input, caller);
        plans.set(key, shared);
      }
      shared.users++;
      return shared.plan;
    },
    release(input) {
      const key = planKey(input);
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

/** Without the name: the text has one operation, and planners ignore its name. */
function planKey({ text, draw }: PlannerInput): string {
  return draw === 0 ? text : `${draw} ${text}`;
}

/** Errors carry the path of their request, so each request gets its own. */
function copyOfError({ code, message, extensions }: PublicError): PublicError {
  return new PublicError(code, message, { extensions });
}
