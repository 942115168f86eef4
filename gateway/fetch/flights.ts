/** Equal calls under way → one request: who comes later joins the flight, who has less time leaves it, and it ends with the last. */
import type { EndReason } from './condition.ts';
import type { Done } from './outcome.ts';

export interface Flights {
  /** `done` is called once, perhaps before this returns; not at all for one that leaves before. */
  board(ticket: Ticket, launch: Launch, done: Done): Seat;
  /** Calls so far that went along with another's request. */
  readonly shared: number;
}

export interface Ticket {
  /** Whose rights, at which platform: calls are equal within one scope alone. Undefined for what is never shared. */
  readonly scope: Scope | undefined;
  readonly url: string;
  /** The subgraph that the call is for: a gateway serves several at one address. */
  readonly subgraph: string;
  /** What it says of the client; a call that says something else is another call. */
  readonly forwarded: string | undefined;
  readonly body: string;
  /** Milliseconds of the clock by which the caller wants its answer. */
  readonly dueAt: number;
}

/** Sends the request; `landed` is called once, unless it is ended before. */
export type Launch = (landed: Done) => { end(reason: EndReason): void };

export interface Seat {
  leave(reason: EndReason): void;
}

/** One object for each combination of rights and platform, known by itself. */
export type Scope = object;

interface Flight {
  readonly ticket: Ticket;
  board(done: Done): Seat;
}

/** A flight with less than this share of the caller's own time left is not worth joining: it may be late where the caller is not. */
const TIME_SHARE_MIN = 0.9;

/** Lists in place of a `Map`, for the reason that a roster has. */
const BUCKETS = 1_024;
/** Bodies differ in their variables, which come last. */
const TAIL = 32;

function bucketOf({ body }: Ticket, buckets: readonly Flight[][]): Flight[] {
  let hash = body.length;
  for (let i = Math.max(0, body.length - TAIL); i < body.length; i++) hash = (hash * 31 + body.charCodeAt(i)) | 0;
  return buckets[hash & (BUCKETS - 1)]!;
}

function isSame(a: Ticket, b: Ticket): boolean {
  const isToSame = a.scope === b.scope && a.url === b.url && a.subgraph === b.subgraph;
  return isToSame && a.body === b.body && a.forwarded === b.forwarded;
}

export function createFlights(now: () => number): Flights {
  const buckets = Array.from({ length: BUCKETS }, (): Flight[] => []);
  let shared = 0;

  const find = (ticket: Ticket): Flight | undefined => {
    if (ticket.scope === undefined) return undefined;
    const at = now();
    return bucketOf(ticket, buckets).find(
      (flight) => isSame(flight.ticket, ticket) && flight.ticket.dueAt - at >= (ticket.dueAt - at) * TIME_SHARE_MIN,
    );
  };
  const remember = (flight: Flight): void => {
    if (flight.ticket.scope !== undefined) bucketOf(flight.ticket, buckets).push(flight);
  };
  const forget = (flight: Flight): void => {
    const bucket = bucketOf(flight.ticket, buckets);
    const index = bucket.indexOf(flight);
    if (index < 0) return;
    const last = bucket.pop()!;
    if (last !== flight) bucket[index] = last;
  };
  return {
    board(ticket, launch, done) {
      const joined = find(ticket);
      if (joined) {
        shared++;
        return joined.board(done);
      }
      const passengers: Done[] = [];
      let request: ReturnType<Launch> | undefined;
      const flight: Flight = {
        ticket,
        board(passenger) {
          passengers.push(passenger);
          return {
            leave(reason) {
              const index = passengers.indexOf(passenger);
              if (index < 0) return;
              passengers.splice(index, 1);
              if (passengers.length > 0) return;
              forget(flight);
              request?.end(reason);
            },
          };
        },
      };
      const seat = flight.board(done);
      remember(flight);
      request = launch((outcome) => {
        forget(flight);
        for (const passenger of passengers.splice(0)) passenger(outcome);
      });
      return seat;
    },
    get shared() {
      return shared;
    },
  };
}
