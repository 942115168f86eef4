/** Tier → the limiter that the calls of all its platforms share. */
import type { Tier } from '@yiwang/schema';
import { type ConcurrencyLimiter, createConcurrencyLimiter } from '../kit/concurrency/concurrency-limiter.ts';
import type { Limits } from '../model/limits.ts';

export function createTierLimiters({ tierParallelMax, tierQueueMax }: Limits): (tier: Tier) => ConcurrencyLimiter {
  const limiters = new Map<Tier, ConcurrencyLimiter>();
  return (tier) => {
    let limiter = limiters.get(tier);
    if (!limiter) {
      limiter = createConcurrencyLimiter({ runningMax: () => tierParallelMax, queueMax: tierQueueMax });
      limiters.set(tier, limiter);
    }
    return limiter;
  };
}
