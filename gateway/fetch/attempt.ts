/** One try of a parcel at one address: through its gate and the gate of its tier, and out. */
import { DEADLINE_HEADER, HOPS_HEADER, PASSPORT_HEADER, REQUEST_ID_HEADER, SUBGRAPH_HEADER } from '@yiwang/schema';
import type { Entrant, Gate } from '../kit/gate.ts';
import { BREAKER_OPEN, type Pass } from './breaker.ts';
import type { Condition, EndReason } from './condition.ts';
import type { Exchange, Line } from './line.ts';
import type { Outcome } from './outcome.ts';

/** One request as it is to go out, to whichever address of its platform. */
export interface Parcel {
  /** JSON text of the request: its query and variables. */
  readonly body: string;
  readonly requestId: string;
  readonly passport: string | undefined;
  /** The logical subgraph that is asked. */
  readonly subgraph: string;
  /** Gateways that it has come through, this one included. */
  readonly hops: number;
  /** Milliseconds of the clock by which the answer is due. */
  readonly dueAt: number;
  /** The operation, which takes turns with others. */
  readonly group: object;
  readonly tier: Gate | undefined;
}

export interface Attempt {
  end(reason: EndReason): void;
}

export interface Way {
  readonly line: Line;
  readonly condition: Condition;
  readonly now: () => number;
  /** Called whenever a call has left. */
  readonly onLeft: () => void;
}

/** `done` is called once, perhaps before this returns; not at all where the attempt is ended before. */
export function startAttempt(way: Way, parcel: Parcel, pass: Pass, done: (outcome: Outcome) => void): Attempt {
  const { line, condition, now } = way;
  const { gate, pace, breaker } = condition;
  const { tier, group } = parcel;
  let stage: 'own gate' | 'tier gate' | 'out' | 'over' = 'own gate';
  let exchange: Exchange | undefined;
  let sentAt = 0;

  const leave = (): void => {
    const left = stage;
    stage = 'over';
    if (left === 'own gate') gate.withdraw(own);
    else {
      if (left === 'tier gate') tier?.withdraw(shared);
      else tier?.leave();
      gate.leave();
    }
    way.onLeft();
  };
  const refuse = (because: string): void => {
    breaker.abandoned(pass);
    leave();
    done({ kind: 'refused', because });
  };
  const goOut = (): void => {
    stage = 'out';
    sentAt = now();
    const isFull = gate.inside >= pace.callsMax;
    exchange = line.send(headersOf(parcel, sentAt), parcel.body, (outcome) => {
      condition.learn(outcome, sentAt, isFull);
      leave();
      done(outcome);
    });
  };
  const shared: Entrant = { group, go: goOut };
  const own: Entrant = {
    group,
    go() {
      stage = 'tier gate';
      if (!breaker.stillHolds(pass)) refuse(BREAKER_OPEN);
      else if (!tier) goOut();
      else if (!tier.enter(shared)) refuse(`${tier.waiting} calls wait for platforms of this tier already`);
    },
  };
  gate.enter(own);
  return {
    end(reason) {
      if (stage === 'over') return;
      if (stage === 'out') {
        exchange?.end();
        condition.learnEnd(reason, pass, sentAt);
      } else breaker.abandoned(pass);
      leave();
    },
  };
}

function headersOf({ requestId, passport, subgraph, hops, dueAt }: Parcel, now: number): string[] {
  const headers = [
    'content-type',
    'application/json',
    'accept',
    'application/json',
    REQUEST_ID_HEADER,
    requestId,
    DEADLINE_HEADER,
    String(Math.max(1, Math.floor(dueAt - now))),
  ];
  if (passport !== undefined) {
    headers.push(PASSPORT_HEADER, passport, SUBGRAPH_HEADER, subgraph, HOPS_HEADER, String(hops));
  }
  return headers;
}
