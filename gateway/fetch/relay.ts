/**
 * One parcel → the addresses of its platform: the one with the fewest calls first; another where no connection comes about, and
 * where it takes longer than usual, a second copy to race the first.
 */
import type { Address } from './address.ts';
import type { Attempt, Parcel } from './attempt.ts';
import { BREAKER_OPEN } from './breaker.ts';
import type { EndReason } from './condition.ts';
import type { HedgeBudget } from './hedge-budget.ts';
import type { ConnectionKind } from './line.ts';
import type { Done, Outcome } from './outcome.ts';

export interface RelayOptions {
  readonly budget: HedgeBudget;
  readonly hedgeAfterMs: number;
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Counts what it did besides the first try. */
  readonly onSecond: (kind: 'hedge' | 'failover') => void;
}

export interface Relay {
  /** A mutation is tried once, at one address. `done` is called once, perhaps before this returns; not at all where it is ended before. */
  send(addresses: readonly Address[], parcel: Parcel, isMutation: boolean, done: Done): Attempt;
}

/** The first try and one more, whatever the second is for. */
const TRIES_MAX = 2;

export function createRelay({ budget, hedgeAfterMs, now, random, onSecond }: RelayOptions): Relay {
  /** The usual case: nothing to choose, and a second try only where the first broke off. */
  const sendAlone = (address: Address, parcel: Parcel, done: Done): Attempt => {
    let attempt: Attempt | undefined;
    attempt = address.send(parcel, 'kept', (outcome) => {
      const mayTryAgain = outcome.kind === 'broken-off' && parcel.dueAt > now() && address.condition.breaker.admits();
      if (!mayTryAgain) {
        done(outcome);
        return;
      }
      onSecond('failover');
      attempt = address.send(parcel, 'fresh', done);
    });
    return { end: (reason) => attempt?.end(reason) };
  };
  return {
    send(addresses, parcel, isMutation, done) {
      const only = addresses.length === 1 ? addresses[0] : undefined;
      if (only && isMutation) return only.send(parcel, 'kept', done);
      if (only) return sendAlone(only, parcel, done);
      const underWay = new Map<Address, Attempt | undefined>();
      let triesLeft = isMutation ? 1 : TRIES_MAX;
      let isOver = false;
      let hedgeTimer: ReturnType<typeof setTimeout> | undefined;

      const end = (reason: EndReason): void => {
        isOver = true;
        clearTimeout(hedgeTimer);
        for (const attempt of underWay.values()) attempt?.end(reason);
        underWay.clear();
      };
      const start = (address: Address, connection: ConnectionKind): void => {
        triesLeft--;
        underWay.set(address, undefined);
        const attempt = address.send(parcel, connection, (outcome) => settle(address, outcome));
        if (underWay.has(address)) underWay.set(address, attempt);
      };
      const settle = (address: Address, outcome: Outcome): void => {
        underWay.delete(address);
        if (isOver) return;
        const isLast = isFinal(outcome);
        // A connection that was kept too long is no try.
        if (outcome.kind === 'broken-off' && outcome.isStale && !isMutation) triesLeft = Math.max(triesLeft, 1);
        if (!isLast && underWay.size > 0) return;
        const mayGoOn = !isLast && triesLeft > 0 && parcel.dueAt > now();
        const next = mayGoOn ? nextAfter(address, outcome, addresses) : undefined;
        if (next) {
          onSecond('failover');
          start(next, 'fresh');
          return;
        }
        end('outrun');
        done(outcome);
      };
      const hedge = (first: Address): void => {
        const other = triesLeft > 0 ? choose(addresses, random, first) : undefined;
        if (!other || !budget.spend()) return;
        onSecond('hedge');
        start(other, 'kept');
      };

      const first = choose(addresses, random);
      if (!first) {
        done({ kind: 'refused', because: BREAKER_OPEN });
        return { end };
      }
      if (!isMutation && addresses.length > 1) {
        budget.earn();
        const afterMs = Math.max(hedgeAfterMs, first.condition.latency.p95Ms() ?? 0);
        if (afterMs < parcel.dueAt - now()) hedgeTimer = setTimeout(hedge, afterMs, first);
      }
      start(first, 'kept');
      return { end };
    },
  };
}

/** The better of two that are picked at random: nearly as even as the best of all, and no herd runs to one. */
function choose(addresses: readonly Address[], random: () => number, except?: Address): Address | undefined {
  const open = addresses.filter((address) => address !== except && address.condition.breaker.admits());
  if (open.length < 2) return open[0];
  const one = Math.floor(random() * open.length);
  const other = (one + 1 + Math.floor(random() * (open.length - 1))) % open.length;
  return open[other]!.calls < open[one]!.calls ? open[other] : open[one];
}

/** Something came, whatever it is. */
function isFinal({ kind }: Outcome): boolean {
  return kind === 'reply' || kind === 'too-large';
}

/** A connection kept from before may have been closed at the other end just then, so that the same address is worth a second try, on a fresh one. */
function nextAfter(address: Address, { kind }: Outcome, addresses: readonly Address[]): Address | undefined {
  const open = addresses.filter(({ condition }) => condition.breaker.admits());
  const other = open.find((candidate) => candidate !== address);
  return other ?? (kind === 'broken-off' ? open[0] : undefined);
}
