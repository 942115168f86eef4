/** A long piece of work, given as a generator that yields where it may pause → its result, with a turn for others in each pause. */
import { setImmediate } from 'node:timers/promises';

/** `isDue` tells the work that `sliceMs` have passed since its last pause. `afterPause` may throw: the work ends with it then. */
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
