/**
 * One parcel → the addresses of its platform: the one with the fewest calls first; another where no connection comes about, and
 * where it takes longer than usual, a second copy to race the first.
 */

import { ENDPOINT_BREAKER_OPEN } from './breakers/circuit-breaker.ts';
import type { CallOutcome, OnOutcome } from './call-outcome.ts';
import type { ConnectionKind } from './connection/connection-pool.ts';
import type { Attempt, OutboundRequest } from './endpoint/attempt.ts';
import type { Endpoint } from './endpoint/endpoint.ts';
import type { CancelReason } from './endpoint/endpoint-health.ts';
import type { HedgeBudget } from './hedge-budget.ts';

export interface HedgedSenderOptions {
  readonly budget: HedgeBudget;
  readonly hedgeAfterMs: number;
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Counts what it did besides the first try. */
  readonly onExtraTry: (kind: 'hedge' | 'failover') => void;
}

export interface HedgedSender {
  /** A mutation is tried once, at one address. `done` is called once, perhaps before this returns; not at all where it is ended before. */
  send(endpoints: readonly Endpoint[], request: OutboundRequest, isMutation: boolean, onOutcome: OnOutcome): Attempt;
}

/** The first try and one more, whatever the second is for. */
const TRIES_MAX = 2;

export function createHedgedSender({
  budget,
  hedgeAfterMs,
  now,
  random,
  onExtraTry,
}: HedgedSenderOptions): HedgedSender {
  /** The usual case: nothing to choose, and a second try only where the first broke off. */
  const sendToOnly = (endpoint: Endpoint, request: OutboundRequest, onOutcome: OnOutcome): Attempt => {
    let attempt: Attempt | undefined;
    attempt = endpoint.send(request, 'reused', (outcome) => {
      const mayTryAgain =
        outcome.kind === 'connection-reset' && request.dueAt > now() && endpoint.health.breaker.allowsCall();
      if (!mayTryAgain) {
        onOutcome(outcome);
        return;
      }
      onExtraTry('failover');
      attempt = endpoint.send(request, 'fresh', onOutcome);
    });
    return { cancel: (reason) => attempt?.cancel(reason) };
  };
  return {
    send(endpoints, request, isMutation, onOutcome) {
      const only = endpoints.length === 1 ? endpoints[0] : undefined;
      if (only && isMutation) return only.send(request, 'reused', onOutcome);
      if (only) return sendToOnly(only, request, onOutcome);
      const attempts = new Map<Endpoint, Attempt | undefined>();
      let triesLeft = isMutation ? 1 : TRIES_MAX;
      let isOver = false;
      let hedgeTimer: ReturnType<typeof setTimeout> | undefined;

      const end = (reason: CancelReason): void => {
        isOver = true;
        clearTimeout(hedgeTimer);
        for (const attempt of attempts.values()) attempt?.cancel(reason);
        attempts.clear();
      };
      const start = (endpoint: Endpoint, connection: ConnectionKind): void => {
        triesLeft--;
        attempts.set(endpoint, undefined);
        const attempt = endpoint.send(request, connection, (outcome) => settle(endpoint, outcome));
        if (attempts.has(endpoint)) attempts.set(endpoint, attempt);
      };
      const settle = (endpoint: Endpoint, outcome: CallOutcome): void => {
        attempts.delete(endpoint);
        if (isOver) return;
        const isLast = isResponse(outcome);
        // A connection that was kept too long is no try.
        if (outcome.kind === 'connection-reset' && outcome.isStale && !isMutation) triesLeft = Math.max(triesLeft, 1);
        if (!isLast && attempts.size > 0) return;
        const mayGoOn = !isLast && triesLeft > 0 && request.dueAt > now();
        const next = mayGoOn ? pickFailover(endpoint, outcome, endpoints) : undefined;
        if (next) {
          onExtraTry('failover');
          start(next, 'fresh');
          return;
        }
        end('superseded');
        onOutcome(outcome);
      };
      const hedge = (first: Endpoint): void => {
        const other = triesLeft > 0 ? pickLeastLoaded(endpoints, random, first) : undefined;
        if (!other || !budget.spend()) return;
        onExtraTry('hedge');
        start(other, 'reused');
      };

      const first = pickLeastLoaded(endpoints, random);
      if (!first) {
        onOutcome({ kind: 'refused', because: ENDPOINT_BREAKER_OPEN });
        return { cancel: end };
      }
      if (!isMutation && endpoints.length > 1) {
        budget.earn();
        const afterMs = Math.max(hedgeAfterMs, first.health.latency.p95Ms() ?? 0);
        if (afterMs < request.dueAt - now()) hedgeTimer = setTimeout(hedge, afterMs, first);
      }
      start(first, 'reused');
      return { cancel: end };
    },
  };
}

/** The better of two that are picked at random: nearly as even as the best of all, and no herd runs to one. */
function pickLeastLoaded(
  endpoints: readonly Endpoint[],
  random: () => number,
  except?: Endpoint,
): Endpoint | undefined {
  const open = endpoints.filter((endpoint) => endpoint !== except && endpoint.health.breaker.allowsCall());
  if (open.length < 2) return open[0];
  const one = Math.floor(random() * open.length);
  const other = (one + 1 + Math.floor(random() * (open.length - 1))) % open.length;
  return open[other]!.load < open[one]!.load ? open[other] : open[one];
}

/** Something came, whatever it is. */
function isResponse({ kind }: CallOutcome): boolean {
  return kind === 'reply' || kind === 'too-large';
}

/** A connection kept from before may have been closed at the other end just then, so that the same address is worth a second try, on a fresh one. */
function pickFailover(endpoint: Endpoint, { kind }: CallOutcome, endpoints: readonly Endpoint[]): Endpoint | undefined {
  const open = endpoints.filter(({ health }) => health.breaker.allowsCall());
  const other = open.find((candidate) => candidate !== endpoint);
  return other ?? (kind === 'connection-reset' ? open[0] : undefined);
}
