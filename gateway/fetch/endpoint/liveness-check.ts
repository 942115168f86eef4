/** Whether the server at an address answers at all: asked for what every GraphQL server has at hand, past all queues. */

import type { ConnectionPool } from '../connection/connection-pool.ts';
import { isAliveAfter } from './endpoint-health.ts';

export const LIVENESS_QUERY = '{"query":"{__typename}"}';

/** A refusal is an answer, too. `done` is called once, and not before this returns. */
export function checkLiveness(pool: ConnectionPool, timeoutMs: number, done: (isAlive: boolean) => void): void {
  let isOver = false;
  const settle = (isAlive: boolean): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    done(isAlive);
  };
  const timer = setTimeout(() => {
    exchange.cancel();
    settle(false);
  }, timeoutMs);
  timer.unref();
  const headers = ['content-type', 'application/json', 'accept', 'application/json'];
  const exchange = pool.send(headers, LIVENESS_QUERY, 'fresh', (outcome) => settle(isAliveAfter(outcome)));
}
