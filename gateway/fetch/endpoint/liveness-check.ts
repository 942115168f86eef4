/** Connection pool → whether its server answers a trivial query at all, past all queues. */

import type { ConnectionPool } from '../connection/connection-pool.ts';
import { isAliveAfter } from './endpoint-health.ts';

export const LIVENESS_QUERY = '{"query":"{__typename}"}';

/** A refusal counts as an answer. Calls `onChecked` once, and not before it returns. */
export function checkLiveness(pool: ConnectionPool, timeoutMs: number, onChecked: (isAlive: boolean) => void): void {
  let isOver = false;
  const settle = (isAlive: boolean): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    onChecked(isAlive);
  };
  const timer = setTimeout(() => {
    exchange.cancel();
    settle(false);
  }, timeoutMs);
  timer.unref();
  const headers = ['content-type', 'application/json', 'accept', 'application/json'];
  const exchange = pool.send(headers, LIVENESS_QUERY, 'fresh', (outcome) => settle(isAliveAfter(outcome)));
}
