/** Room for operations, those that wait included: for all of them, for each caller, and for the anonymous together. */
import type { Caller } from '../model/caller.ts';
import { PublicError } from '../model/errors.ts';
import type { LimitName, Limits } from '../model/limits.ts';

export type RoomLimits = Pick<Limits, 'operationsInFlightMax' | 'callerPercentMax' | 'anonymousPercentMax'>;

export interface Room {
  /** What gives the room back, to be called once; a refusal where there is none. */
  take(caller: Caller): (() => void) | PublicError;
  readonly taken: number;
}

export function createRoom({ operationsInFlightMax, callerPercentMax, anonymousPercentMax }: RoomLimits): Room {
  const shareOf = (percent: number): number => Math.max(1, Math.floor((operationsInFlightMax * percent) / 100));
  const ofCaller = shareOf(callerPercentMax);
  const ofAnonymous = shareOf(anonymousPercentMax);
  const byCaller = new Map<string, number>();
  let anonymous = 0;
  let taken = 0;

  const refusalFor = ({ kind, key }: Caller): PublicError | undefined => {
    if (taken >= operationsInFlightMax) {
      return full(`The gateway is at work on ${taken} operations`, 'operationsInFlightMax', operationsInFlightMax);
    }
    if ((byCaller.get(key) ?? 0) >= ofCaller) {
      return full(`${ofCaller} operations of yours are under way`, 'callerPercentMax', callerPercentMax);
    }
    if (kind === 'anonymous' && anonymous >= ofAnonymous) {
      const message = `The gateway is at work on ${ofAnonymous} operations without a credential`;
      return full(message, 'anonymousPercentMax', anonymousPercentMax);
    }
    return undefined;
  };
  return {
    take(caller) {
      const refusal = refusalFor(caller);
      if (refusal) return refusal;
      const { kind, key } = caller;
      const others = byCaller.get(key) ?? 0;
      byCaller.set(key, others + 1);
      taken++;
      if (kind === 'anonymous') anonymous++;
      return () => {
        taken--;
        if (kind === 'anonymous') anonymous--;
        const left = byCaller.get(key)! - 1;
        if (left > 0) byCaller.set(key, left);
        else byCaller.delete(key);
      };
    },
    get taken() {
      return taken;
    },
  };
}

function full(what: string, limit: LimitName, max: number): PublicError {
  return new PublicError('OVERLOADED', `${what}; ask again shortly.`, { extensions: { limit, max } });
}
