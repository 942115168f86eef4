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
  readonly url: string;
  readonly subgraph: string;
  readonly dueAt: number;
  board(done: Done): Seat;
}

/** A flight with less than this share of the caller's own time left is not worth joining: it may be late where the caller is not. */
const TIME_SHARE_MIN = 0.9;

export function createFlights(now: () => number): Flights {
  // Strings are compared only where their hashes agree, so that a body of 100 KB is no dearer than one of 100 bytes.
  const byScope = new WeakMap<Scope, Map<string, Flight>>();
  let shared = 0;

  const find = ({ scope, url, subgraph, body, dueAt }: Ticket): Flight | undefined => {
    const flight = scope && byScope.get(scope)?.get(body);
    if (flight?.url !== url || flight.subgraph !== subgraph) return undefined;
    const at = now();
    return flight.dueAt - at >= (dueAt - at) * TIME_SHARE_MIN ? flight : undefined;
  };
  const remember = ({ scope, body }: Ticket, flight: Flight): void => {
    if (!scope) return;
    const here = byScope.get(scope);
    if (here) here.set(body, flight);
    else byScope.set(scope, new Map([[body, flight]]));
  };
  const forget = ({ scope, body }: Ticket, flight: Flight): void => {
    const here = scope && byScope.get(scope);
    if (here?.get(body) === flight) here.delete(body);
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
        url: ticket.url,
        subgraph: ticket.subgraph,
        dueAt: ticket.dueAt,
        board(passenger) {
          passengers.push(passenger);
          return {
            leave(reason) {
              const index = passengers.indexOf(passenger);
              if (index < 0) return;
              passengers.splice(index, 1);
              if (passengers.length > 0) return;
              forget(ticket, flight);
              request?.end(reason);
            },
          };
        },
      };
      const seat = flight.board(done);
      remember(ticket, flight);
      request = launch((outcome) => {
        forget(ticket, flight);
        for (const passenger of passengers.splice(0)) passenger(outcome);
      });
      return seat;
    },
    get shared() {
      return shared;
    },
  };
}
