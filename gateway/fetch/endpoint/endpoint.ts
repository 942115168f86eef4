/** One address of a platform, with its connections and its health. */
import type { Limits } from '../../model/limits.ts';
import { ENDPOINT_BREAKER_OPEN } from '../breakers/circuit-breaker.ts';
import type { OnOutcome } from '../call-outcome.ts';
import { type ConnectionKind, type ConnectionPool, openConnectionPool } from '../connection/connection-pool.ts';
import { type Attempt, type EndpointHandle, type OutboundRequest, startAttempt } from './attempt.ts';
import { createEndpointHealth, type EndpointHealth } from './endpoint-health.ts';
import { checkLiveness } from './liveness-check.ts';

export interface Endpoint {
  readonly url: string;
  readonly health: EndpointHealth;
  /** Calls that wait or are in flight. */
  readonly load: number;
  /** Calls `onOutcome` once, perhaps before it returns; not at all if the attempt is cancelled before. */
  send(request: OutboundRequest, connection: ConnectionKind, onOutcome: OnOutcome): Attempt;
  close(): Promise<void>;
}

export interface PlatformEndpointOptions {
  readonly limits: Limits;
  readonly now: () => number;
  /** Called when the last call has ended. */
  readonly onIdle: (endpoint: Endpoint) => void;
}

/** Throws a `TypeError` if `url` is not a URL. */
export function createEndpoint(url: string, options: PlatformEndpointOptions): Endpoint {
  return new PlatformEndpoint(url, options);
}

/** A class, so that hundreds of endpoints share one hidden class. */
class PlatformEndpoint implements Endpoint, EndpointHandle {
  readonly url: string;
  readonly health: EndpointHealth;
  readonly pool: ConnectionPool;
  readonly now: () => number;
  readonly #onIdle: (endpoint: Endpoint) => void;

  constructor(url: string, { limits, now, onIdle }: PlatformEndpointOptions) {
    this.url = url;
    this.pool = openConnectionPool(url, limits, now);
    this.health = createEndpointHealth(limits, now, (onChecked) =>
      checkLiveness(this.pool, limits.breakerLateMs, onChecked),
    );
    this.now = now;
    this.#onIdle = onIdle;
  }

  get load(): number {
    const { limiter } = this.health;
    return limiter.running + limiter.waiting;
  }

  send(request: OutboundRequest, connection: ConnectionKind, onOutcome: OnOutcome): Attempt {
    const { health } = this;
    const reason = health.refusalReason(request.dueAt, request.callerKey, request.breakerKeys);
    const ticket = reason === undefined ? health.breaker.acquire() : undefined;
    if (ticket !== undefined) return startAttempt(this, { request, ticket, connection }, onOutcome);
    onOutcome({ kind: 'refused', reason: reason ?? ENDPOINT_BREAKER_OPEN });
    return ENDED_ATTEMPT;
  }

  onAttemptEnd(): void {
    if (this.load === 0) this.#onIdle(this);
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}

const ENDED_ATTEMPT: Attempt = { cancel: () => undefined };
