/**
 * The wait of a request for its turn: over when it comes, when the client leaves, and when the time of an operation is.
 */
import type { ServerResponse } from 'node:http';
import type { AdmissionQueue } from '../../kit/concurrency/admission-queue.ts';
import type { Caller } from '../../model/caller.ts';

/**
 * Undefined where it may begin at once; otherwise true when its turn has come, false where it is not to begin any more.
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
