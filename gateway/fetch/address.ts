/** One address of a platform: its connections, and how it does. */
import type { Limits } from '../model/limits.ts';
import { type Attempt, type Parcel, startAttempt, type Way } from './attempt.ts';
import { BREAKER_OPEN } from './breaker.ts';
import { checkLine } from './check-line.ts';
import { type Condition, createCondition } from './condition.ts';
import { type ConnectionKind, type Line, openLine } from './line.ts';
import type { Done } from './outcome.ts';

export interface Address {
  readonly url: string;
  readonly condition: Condition;
  /** Calls that wait here or are under way. */
  readonly calls: number;
  /** `done` is called once, perhaps before this returns; not at all where the attempt is ended before. */
  send(parcel: Parcel, connection: ConnectionKind, done: Done): Attempt;
  close(): Promise<void>;
}

export interface AddressOptions {
  readonly limits: Limits;
  readonly now: () => number;
  /** Called when the last call has left. */
  readonly onIdle: (address: Address) => void;
}

/** Throws a `TypeError` where `url` is none. */
export function createAddress(url: string, options: AddressOptions): Address {
  return new PlatformAddress(url, options);
}

/** A class, so that those of hundreds of platforms have one shape. */
class PlatformAddress implements Address, Way {
  readonly url: string;
  readonly condition: Condition;
  readonly line: Line;
  readonly now: () => number;
  readonly #onIdle: (address: Address) => void;

  constructor(url: string, { limits, now, onIdle }: AddressOptions) {
    this.url = url;
    this.line = openLine(url, limits, now);
    this.condition = createCondition(limits, now, (done) => checkLine(this.line, limits.breakerLateMs, done));
    this.now = now;
    this.#onIdle = onIdle;
  }

  get calls(): number {
    const { gate } = this.condition;
    return gate.inside + gate.waiting;
  }

  send(parcel: Parcel, connection: ConnectionKind, done: Done): Attempt {
    const { condition } = this;
    const { origin } = parcel;
    const because = condition.refusal(parcel.dueAt, parcel.caller, origin);
    const pass = because === undefined ? condition.breaker.pass() : undefined;
    if (pass !== undefined) return startAttempt(this, { parcel, pass, connection }, done);
    done({ kind: 'refused', because: because ?? BREAKER_OPEN });
    return OVER;
  }

  onLeft(): void {
    if (this.calls === 0) this.#onIdle(this);
  }

  close(): Promise<void> {
    return this.line.close();
  }
}

const OVER: Attempt = { end: () => undefined };
