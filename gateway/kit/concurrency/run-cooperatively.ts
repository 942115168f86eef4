/** Runs long work in slices: the work is a generator that yields to pause, and the event loop turns in each pause. */
import { setImmediate } from 'node:timers/promises';

/** `isDue` returns true once `sliceMs` have passed since the last pause. An error of `afterPause` ends the work. */
export async function runCooperatively<T>(
  work: (isDue: () => boolean) => Generator<void, T>,
  sliceMs: number,
  afterPause?: () => void,
): Promise<T> {
  let until = performance.now() + sliceMs;
  const steps = work(() => performance.now() >= until);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    await setImmediate();
    afterPause?.();
    until = performance.now() + sliceMs;
  }
}
