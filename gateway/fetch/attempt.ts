/** One try of a parcel at one address: through its gate and the gate of its tier, and out. */
import { DEADLINE_HEADER, HOPS_HEADER, PASSPORT_HEADER, REQUEST_ID_HEADER, SUBGRAPH_HEADER } from '@yiwang/schema';
import type { Entrant, Gate } from '../kit/gate.ts';
import { BREAKER_OPEN, type Pass } from './breaker.ts';
import type { CallOrigin } from './call-origin.ts';
import type { Condition, EndReason, SentCall } from './condition.ts';
import { ACCEPT_ENCODING } from './decode-body.ts';
import type { ConnectionKind, Exchange, Line } from './line.ts';
import type { Done, Outcome } from './outcome.ts';

/** One request as it is to go out, to whichever address of its platform. */
export interface Parcel {
  /** JSON text of the request: its query and variables. */
  readonly body: string;
  readonly requestId: string;
  /** Good for as long as the call may take once it goes out, however long it waits; a promise where it is being signed. */
  readonly passport: (() => string | Promise<string>) | undefined;
  /** Names and values of the client's headers, by turns. */
  readonly forwarded: readonly string[] | undefined;
  /** The logical subgraph that is asked. */
  readonly subgraph: string;
  /** Gateways that it has come through, this one included. */
  readonly hops: number;
  /** Milliseconds of the clock by which the answer is due. */
  readonly dueAt: number;
  /** Who takes turns with other callers; undefined: all that have none are one. */
  readonly caller: string | undefined;
  /** Takes turns with others of its caller. */
  readonly operation: object;
  readonly tier: Gate | undefined;
  readonly origin: CallOrigin;
}

export interface Attempt {
  end(reason: EndReason): void;
}

/** A parcel that the breaker of the address let through, and the connection that it goes out on. */
export interface Admitted {
  readonly parcel: Parcel;
  readonly pass: Pass;
  readonly connection: ConnectionKind;
}

export interface Way {
  readonly line: Line;
  readonly condition: Condition;
  readonly now: () => number;
  /** Called whenever a call has left. */
  onLeft(): void;
}

/** `done` is called once, perhaps before this returns; not at all where the attempt is ended before. */
export function startAttempt(way: Way, given: Admitted, done: Done): Attempt {
  const attempt = new GatedAttempt(way, given, done);
  way.condition.gate.enter(attempt);
  return attempt;
}

/** Every call makes one: an object with methods costs a third of a closure for each. It enters both gates as itself, one after the other. */
class GatedAttempt implements Attempt, Entrant, SentCall {
  readonly group: string | undefined;
  readonly part: object;
  readonly origin: CallOrigin;
  readonly pass: Pass;
  sentAt = 0;
  isFull = false;
  answeredBefore = 0;
  readonly #way: Way;
  readonly #parcel: Parcel;
  readonly #connection: ConnectionKind;
  readonly #done: Done;
  #stage: 'own gate' | 'tier gate' | 'out' | 'over' = 'own gate';
  #exchange: Exchange | undefined;

  constructor(way: Way, { parcel, pass, connection }: Admitted, done: Done) {
    this.group = parcel.caller;
    this.part = parcel.operation;
    this.#way = way;
    this.#parcel = parcel;
    this.origin = parcel.origin;
    this.pass = pass;
    this.#connection = connection;
    this.#done = done;
  }

  go(): void {
    const { tier } = this.#parcel;
    if (this.#stage === 'own gate') {
      this.#stage = 'tier gate';
      if (!this.#way.condition.breaker.stillHolds(this.pass)) this.#refuse(BREAKER_OPEN);
      else if (!tier) this.#goOut();
      else if (!tier.enter(this)) this.#refuse(`${tier.waiting} calls wait for platforms of this tier already`);
    } else this.#goOut();
  }

  end(reason: EndReason): void {
    if (this.#stage === 'over') return;
    const { condition } = this.#way;
    if (this.#stage === 'out') {
      this.#exchange?.end();
      condition.learnEnd(reason, this);
    } else condition.breaker.abandoned(this.pass);
    this.#leave();
  }

  #goOut(): void {
    const { condition, now } = this.#way;
    this.#stage = 'out';
    this.sentAt = now();
    this.isFull = condition.gate.inside >= condition.pace.callsMax;
    this.answeredBefore = condition.answered;
    const passport = this.#parcel.passport?.();
    if (!(passport instanceof Promise)) {
      this.#send(passport);
      return;
    }
    passport.then(
      (signed) => {
        if (this.#stage === 'out') this.#send(signed);
      },
      () => {
        if (this.#stage === 'out') this.#refuse('no passport could be signed for it');
      },
    );
  }

  #send(passport: string | undefined): void {
    const { line, now } = this.#way;
    const headers = headersOf(this.#parcel, passport, now());
    this.#exchange = line.send(headers, this.#parcel.body, this.#connection, (outcome) => this.#land(outcome));
  }

  #land(outcome: Outcome): void {
    this.#way.condition.learn(outcome, this);
    this.#leave();
    this.#done(outcome);
  }

  #refuse(because: string): void {
    this.#way.condition.breaker.abandoned(this.pass);
    this.#leave();
    this.#done({ kind: 'refused', because });
  }

  #leave(): void {
    const { condition } = this.#way;
    const { tier } = this.#parcel;
    const left = this.#stage;
    this.#stage = 'over';
    if (left === 'own gate') condition.gate.withdraw(this);
    else {
      if (left === 'tier gate') tier?.withdraw(this);
      else tier?.leave();
      condition.gate.leave();
    }
    this.#way.onLeft();
  }
}

function headersOf(
  { requestId, forwarded, subgraph, hops, dueAt }: Parcel,
  passport: string | undefined,
  now: number,
): string[] {
  const headers = [
    'content-type',
    'application/json',
    'accept',
    'application/json',
    'accept-encoding',
    ACCEPT_ENCODING,
    REQUEST_ID_HEADER,
    requestId,
    DEADLINE_HEADER,
    String(Math.max(1, Math.floor(dueAt - now))),
  ];
  if (passport !== undefined) {
    headers.push(PASSPORT_HEADER, passport, SUBGRAPH_HEADER, subgraph, HOPS_HEADER, String(hops));
  }
  if (forwarded) headers.push(...forwarded);
  return headers;
}
