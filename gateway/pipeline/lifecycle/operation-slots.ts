/**
 * Concurrency limit of operations, including those that wait: in total, for each caller, and for all anonymous callers.
 */
import type { Caller } from '../../model/caller.ts';
import { PublicError } from '../../model/errors.ts';
import type { LimitName, Limits } from '../../model/limits.ts';

export type OperationSlotLimits = Pick<Limits, 'operationsInFlightMax' | 'callerPercentMax' | 'anonymousPercentMax'>;

export interface OperationSlots {
  /** Returns what releases the slot, to be called once; a refusal if there is none. */
  acquire(caller: Caller): (() => void) | PublicError;
  readonly inUse: number;
}

export function createOperationSlots({
  operationsInFlightMax,
  callerPercentMax,
  anonymousPercentMax,
}: OperationSlotLimits): OperationSlots {
  const shareOf = (percent: number): number => Math.max(1, Math.floor((operationsInFlightMax * percent) / 100));
  const callerMax = shareOf(callerPercentMax);
  const anonymousMax = shareOf(anonymousPercentMax);
  const byCaller = new Map<string, number>();
  let anonymous = 0;
  let inUse = 0;

  const refusalFor = ({ kind, key }: Caller): PublicError | undefined => {
    if (inUse >= operationsInFlightMax) {
      return overloaded(`The gateway runs ${inUse} operations`, 'operationsInFlightMax', operationsInFlightMax);
    }
    if ((byCaller.get(key) ?? 0) >= callerMax) {
      return overloaded(`${callerMax} operations of this caller are in flight`, 'callerPercentMax', callerPercentMax);
    }
    if (kind === 'anonymous' && anonymous >= anonymousMax) {
      const message = `The gateway runs ${anonymousMax} operations without a credential`;
      return overloaded(message, 'anonymousPercentMax', anonymousPercentMax);
    }
    return undefined;
  };
  return {
    acquire(caller) {
      const refusal = refusalFor(caller);
      if (refusal) return refusal;
      const { kind, key } = caller;
      const others = byCaller.get(key) ?? 0;
      byCaller.set(key, others + 1);
      inUse++;
      if (kind === 'anonymous') anonymous++;
      return () => {
        inUse--;
        if (kind === 'anonymous') anonymous--;
        const left = byCaller.get(key)! - 1;
        if (left > 0) byCaller.set(key, left);
        else byCaller.delete(key);
      };
    },
    get inUse() {
      return inUse;
    },
  };
}

function overloaded(what: string, limit: LimitName, max: number): PublicError {
  return new PublicError('OVERLOADED', `${what}; ask again shortly.`, { extensions: { limit, max } });
}
