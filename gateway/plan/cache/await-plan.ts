/** Waits for a plan as long as the operation may. The plan goes on for other operations that wait for it. */
import { PublicError } from '../../model/errors.ts';
import type { CancelSignal } from '../../model/validated-operation.ts';

/** Rejects with `OVERLOADED` after `waitMs`, and when the operation is aborted. */
export function awaitPlan<Planned>(
  pendingPlan: Promise<Planned>,
  waitMs: number,
  signal: CancelSignal,
): Promise<Planned> {
  return new Promise((resolve, reject) => {
    const refuse = (): void => {
      cleanUp();
      const message = `The operation was not planned within its ${Math.round(waitMs)} ms; try again shortly.`;
      reject(new PublicError('OVERLOADED', message, { extensions: { limit: 'operationDeadlineMs' } }));
    };
    const timer = setTimeout(refuse, waitMs);
    const removeListener = signal.onAbort(refuse);
    const cleanUp = (): void => {
      clearTimeout(timer);
      removeListener();
    };
    pendingPlan.then(
      (planned) => {
        cleanUp();
        resolve(planned);
      },
      (reason) => {
        cleanUp();
        reject(reason);
      },
    );
  });
}
