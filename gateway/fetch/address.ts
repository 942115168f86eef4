/** One address of a platform: its connections, and how it does. */
import type { Limits } from '../model/limits.ts';
import { type Attempt, type Parcel, startAttempt, type Way } from './attempt.ts';
import { BREAKER_OPEN } from './breaker.ts';
import { type Condition, createCondition } from './condition.ts';
import { openLine } from './line.ts';
import type { Done } from './outcome.ts';

export interface Address {
  readonly url: string;
  readonly condition: Condition;
  /** Calls that wait here or are under way. */
  readonly calls: number;
  /** `done` is called once, perhaps before this returns; not at all where the attempt is ended before. */
  send(parcel: Parcel, done: Done): Attempt;
  close(): Promise<void>;
}

export interface AddressOptions {
  readonly limits: Limits;
  readonly now: () => number;
  /** Called when the last call has left. */
  readonly onIdle: (address: Address) => void;
}

/** Throws a `TypeError` where `url` is none. */
export function createAddress(url: string, { limits, now, onIdle }: AddressOptions): Address {
  const condition = createCondition(limits, now);
  const { breaker, gate } = condition;
  const line = openLine(url, limits, now);
  const address: Address = {
    url,
    condition,
    get calls() {
      return gate.inside + gate.waiting;
    },
    send(parcel, done) {
      const because = condition.refusal(parcel.dueAt);
      const pass = because === undefined ? breaker.pass() : undefined;
      if (pass !== undefined) return startAttempt(way, parcel, pass, done);
      done({ kind: 'refused', because: because ?? BREAKER_OPEN });
      return OVER;
    },
    close: () => line.close(),
  };
  const way: Way = {
    line,
    condition,
    now,
    onLeft() {
      if (gate.inside + gate.waiting === 0) onIdle(address);
    },
  };
  return address;
}

const OVER: Attempt = { end: () => undefined };
