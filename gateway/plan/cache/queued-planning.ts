/**
 * Planning in turns: a few operations are with planners at one time, callers take turns, and refusals hold for a while.
 */
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

export interface QueuedPlanningOptions {
  readonly limits: Pick<Limits, 'planCacheMax' | 'planRefusalMs' | 'plansAtOnceMax' | 'plansWaitingMax'>;
  readonly planner: Pick<Planner, 'plan'>;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** Resolves to undefined if nothing has to be fetched. Rejects with `OVERLOADED` if too many wait. */
export type QueuedPlanning = (input: PlannerInput, caller: Caller | undefined) => Promise<PlanNode | undefined>;

export function createQueuedPlanning(options: QueuedPlanningOptions): QueuedPlanning {
  const { limits, planner, now = () => performance.now() } = options;
  /** By digest, since a refused text may be long. */
  const refusals = createLruCache<string, { error: PublicError; until: number }>(limits.planCacheMax);
  const limiter = createConcurrencyLimiter({
    runningMax: () => limits.plansAtOnceMax,
    queueMax: limits.plansWaitingMax,
  });
  const waitForTurn = (caller: Caller | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const mayWait = limiter.acquire({ group: caller?.kind, part: caller?.key, start: resolve });
      if (!mayWait) reject(createOverloadError(limiter.waiting, limits.plansWaitingMax));
    });
  return async (input, caller) => {
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
}

/** Without the name: the text has one operation, and planners ignore its name. */
export function planKey({ text, draw }: PlannerInput): string {
  return draw === 0 ? text : `${draw} ${text}`;
}

/** Errors carry the path of their request, so each request gets its own. */
function copyOfError({ code, message, extensions }: PublicError): PublicError {
  return new PublicError(code, message, { extensions });
}
