/** A plan that is being made → the plan, where it comes in the operation's time: others may go on waiting for it. */
import { PublicError } from '../model/errors.ts';
import type { Signal } from '../model/request.ts';

/** Rejects with `OVERLOADED` after `waitMs`, and when the operation is given up. */
export function awaitPlan<Planned>(made: Promise<Planned>, waitMs: number, signal: Signal): Promise<Planned> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      settle();
      const message = `The operation was not planned within the ${Math.round(waitMs)} ms that it has; ask again shortly.`;
      reject(new PublicError('OVERLOADED', message, { extensions: { limit: 'operationDeadlineMs' } }));
    };
    const timer = setTimeout(giveUp, waitMs);
    const unhook = signal.onAbort(giveUp);
    const settle = (): void => {
      clearTimeout(timer);
      unhook();
    };
    made.then(
      (planned) => {
        settle();
        resolve(planned);
      },
      (reason) => {
        settle();
        reject(reason);
      },
    );
  });
}
