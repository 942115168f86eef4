/**
 * Request → the endpoints of its platform: the least loaded first, another one if that connection fails, and a second
 * copy that races the first if the first takes longer than usual.
 */
import { ENDPOINT_BREAKER_OPEN } from './breakers/circuit-breaker.ts';
import type { CallOutcome, CancelReason, OnOutcome } from './call-outcome.ts';
import type { ConnectionKind } from './connection/connection-pool.ts';
import type { Attempt, OutboundRequest } from './endpoint/attempt.ts';
import type { Endpoint } from './endpoint/endpoint.ts';
import type { HedgeBudget } from './hedge-budget.ts';

export interface HedgedSenderOptions {
  readonly budget: HedgeBudget;
  readonly hedgeAfterMs: number;
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Called for each attempt beyond the first. */
  readonly onExtraAttempt: (kind: 'hedge' | 'failover') => void;
}

export interface HedgedSender {
  /**
   * Sends a mutation once, to one endpoint. Calls `onOutcome` once, perhaps before it returns; not at all if it is
   * cancelled before.
   */
  send(endpoints: readonly Endpoint[], request: OutboundRequest, isMutation: boolean, onOutcome: OnOutcome): Attempt;
}

/** The first attempt and one more, whatever the second is for. */
const ATTEMPTS_MAX = 2;

export function createHedgedSender(options: HedgedSenderOptions): HedgedSender {
  return {
    send(endpoints, request, isMutation, onOutcome) {
      const only = endpoints.length === 1 ? endpoints[0] : undefined;
      if (only && isMutation) return only.send(request, 'reused', onOutcome);
      if (only) return sendToOnly(options, only, request, onOutcome);
      const hedged = new HedgedRequest(options, { endpoints, request, isMutation, onOutcome });
      hedged.start();
      return hedged;
    },
  };
}

/** The usual case: no choice of endpoint, and a second attempt only after a connection reset. */
function sendToOnly(
  { now, onExtraAttempt }: HedgedSenderOptions,
  endpoint: Endpoint,
  request: OutboundRequest,
  onOutcome: OnOutcome,
): Attempt {
  let attempt: Attempt | undefined;
  attempt = endpoint.send(request, 'reused', (outcome) => {
    const mayRetry =
      outcome.kind === 'connection-reset' && request.dueAt > now() && endpoint.health.breaker.allowsCall();
    if (!mayRetry) {
      onOutcome(outcome);
      return;
    }
    onExtraAttempt('failover');
    attempt = endpoint.send(request, 'fresh', onOutcome);
  });
  return { cancel: (reason) => attempt?.cancel(reason) };
}

interface HedgedRequestOptions {
  readonly endpoints: readonly Endpoint[];
  readonly request: OutboundRequest;
  readonly isMutation: boolean;
  readonly onOutcome: OnOutcome;
}

/** One request to a platform with several endpoints. */
class HedgedRequest implements Attempt {
  readonly #sender: HedgedSenderOptions;
  readonly #options: HedgedRequestOptions;
  readonly #attempts = new Map<Endpoint, Attempt | undefined>();
  #attemptsLeft: number;
  #isOver = false;
  #hedgeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(sender: HedgedSenderOptions, options: HedgedRequestOptions) {
    this.#sender = sender;
    this.#options = options;
    this.#attemptsLeft = options.isMutation ? 1 : ATTEMPTS_MAX;
  }

  start(): void {
    const { budget, hedgeAfterMs, now, random } = this.#sender;
    const { endpoints, request, isMutation, onOutcome } = this.#options;
    const first = pickLeastLoaded(endpoints, random);
    if (!first) {
      onOutcome({ kind: 'refused', reason: ENDPOINT_BREAKER_OPEN });
      return;
    }
    if (!isMutation && endpoints.length > 1) {
      budget.earn();
      const afterMs = Math.max(hedgeAfterMs, first.health.latency.p95Ms() ?? 0);
      if (afterMs < request.dueAt - now()) this.#hedgeTimer = setTimeout(() => this.#hedge(first), afterMs);
    }
    this.#send(first, 'reused');
  }

  cancel(reason: CancelReason): void {
    this.#isOver = true;
    clearTimeout(this.#hedgeTimer);
    for (const attempt of this.#attempts.values()) attempt?.cancel(reason);
    this.#attempts.clear();
  }

  #send(endpoint: Endpoint, connection: ConnectionKind): void {
    this.#attemptsLeft--;
    this.#attempts.set(endpoint, undefined);
    const attempt = endpoint.send(this.#options.request, connection, (outcome) =>
      this.#onAttemptOutcome(endpoint, outcome),
    );
    if (this.#attempts.has(endpoint)) this.#attempts.set(endpoint, attempt);
  }

  #onAttemptOutcome(endpoint: Endpoint, outcome: CallOutcome): void {
    this.#attempts.delete(endpoint);
    if (this.#isOver) return;
    const { request, isMutation, endpoints, onOutcome } = this.#options;
    const isFinal = outcome.kind === 'response' || outcome.kind === 'too-large';
    // A stale connection does not count as an attempt.
    if (outcome.kind === 'connection-reset' && outcome.isStale && !isMutation) {
      this.#attemptsLeft = Math.max(this.#attemptsLeft, 1);
    }
    if (!isFinal && this.#attempts.size > 0) return;
    const mayRetry = !isFinal && this.#attemptsLeft > 0 && request.dueAt > this.#sender.now();
    const next = mayRetry ? pickFailover(endpoint, outcome, endpoints) : undefined;
    if (next) {
      this.#sender.onExtraAttempt('failover');
      this.#send(next, 'fresh');
      return;
    }
    this.cancel('superseded');
    onOutcome(outcome);
  }

  #hedge(first: Endpoint): void {
    const { budget, random, onExtraAttempt } = this.#sender;
    const other = this.#attemptsLeft > 0 ? pickLeastLoaded(this.#options.endpoints, random, first) : undefined;
    if (!other || !budget.spend()) return;
    onExtraAttempt('hedge');
    this.#send(other, 'reused');
  }
}

/** Power of two choices: nearly as even as the least loaded of all, and callers do not all pick the same endpoint. */
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

/**
 * Returns the same endpoint only after a connection reset: its server may have closed a reused connection just then.
 */
function pickFailover(endpoint: Endpoint, { kind }: CallOutcome, endpoints: readonly Endpoint[]): Endpoint | undefined {
  const open = endpoints.filter(({ health }) => health.breaker.allowsCall());
  const other = open.find((candidate) => candidate !== endpoint);
  return other ?? (kind === 'connection-reset' ? open[0] : undefined);
}
