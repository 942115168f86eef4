/** Equal calls under way → one request: who comes later joins the flight, who has less time leaves it, and it ends with the last. */
import type { EndReason } from './condition.ts';
import type { Outcome } from './outcome.ts';

export interface Flights {
  /** `done` is called once, perhaps before this returns; not at all for one that leaves before. */
  board(ticket: Ticket, launch: Launch, done: Done): Seat;
  /** Calls so far that went along with another's request. */
  readonly shared: number;
}

export interface Ticket {
  /** Whose rights, at which platform: calls are equal within one scope alone. Undefined for what is never shared. */
  readonly scope: string | undefined;
  readonly url: string;
  readonly body: string;
  /** Milliseconds of the clock by which the caller wants its answer. */
  readonly dueAt: number;
}

/** Sends the request; `landed` is called once, unless it is ended before. */
export type Launch = (landed: Done) => { end(reason: EndReason): void };
export type Done = (outcome: Outcome) => void;

export interface Seat {
  leave(reason: EndReason): void;
}

interface Flight {
  readonly url: string;
  readonly dueAt: number;
  board(done: Done): Seat;
}

/** A flight with less than this share of the caller's own time left is not worth joining: it may be late where the caller is not. */
const TIME_SHARE_MIN = 0.9;

export function createFlights(now: () => number): Flights {
  // Engines compare long strings only where their hashes agree, so that a body of 100 KB is no dearer than one of 100 bytes.
  const byScope = new Map<string, Map<string, Flight>>();
  let shared = 0;

  const find = ({ scope, url, body, dueAt }: Ticket): Flight | undefined => {
    const flight = scope === undefined ? undefined : byScope.get(scope)?.get(body);
    if (flight?.url !== url) return undefined;
    const at = now();
    return flight.dueAt - at >= (dueAt - at) * TIME_SHARE_MIN ? flight : undefined;
  };
  const remember = ({ scope, body }: Ticket, flight: Flight): void => {
    if (scope === undefined) return;
    const here = byScope.get(scope);
    if (here) here.set(body, flight);
    else byScope.set(scope, new Map([[body, flight]]));
  };
  const forget = ({ scope, body }: Ticket, flight: Flight): void => {
    const here = scope === undefined ? undefined : byScope.get(scope);
    if (here?.get(body) !== flight) return;
    here.delete(body);
    if (here.size === 0) byScope.delete(scope!);
  };
  return {
    board(ticket, launch, done) {
      const joined = find(ticket);
      if (joined) {
        shared++;
        return joined.board(done);
      }
      const passengers = new Set<Done>();
      let request: ReturnType<Launch> | undefined;
      const flight: Flight = {
        url: ticket.url,
        dueAt: ticket.dueAt,
        board(passenger) {
          passengers.add(passenger);
          return {
            leave(reason) {
              if (!passengers.delete(passenger) || passengers.size > 0) return;
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
        const all = [...passengers];
        passengers.clear();
        for (const passenger of all) passenger(outcome);
      });
      return seat;
    },
    get shared() {
      return shared;
    },
  };
}
