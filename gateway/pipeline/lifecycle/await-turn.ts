/** Waits for the turn of a request, until the client leaves or the time of an operation is over. */
import type { ServerResponse } from 'node:http';
import type { AdmissionQueue } from '../../kit/concurrency/admission-queue.ts';
import type { Caller } from '../../model/caller.ts';

/**
 * Undefined if the request may begin at once; otherwise resolves with true at its turn, with false if it must not
 * begin.
 */
export function awaitTurn(
  queue: AdmissionQueue,
  { kind, key }: Caller,
  response: ServerResponse,
  waitMs: number,
): Promise<boolean> | undefined {
  if (queue.tryAdmit()) return undefined;
  return new Promise((resolve) => {
    const end = (isTurn: boolean): void => {
      clearTimeout(timer);
      response.off('close', giveUp);
      resolve(isTurn);
    };
    const giveUp = (): void => {
      if (queue.cancel(waiter)) end(false);
    };
    const waiter = { group: kind, part: key, start: () => end(true) };
    const timer = setTimeout(giveUp, waitMs);
    response.once('close', giveUp);
    queue.enqueue(waiter);
  });
}
