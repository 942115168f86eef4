/**
 * Random runs of a property for so long: what is under way when the time is up is waited for, so that nothing goes on
 * after its test.
 */
import fc, { type GeneratorValue } from 'fast-check';

export interface RandomRuns {
  readonly numRuns: number;
  readonly secondsMax: number;
  /** Undefined: another one every time. */
  readonly seed?: number | undefined;
  /** True: a failure is told as it was found. Default: it is cut down. */
  readonly endOnFailure?: boolean;
}

/** Fails as the first run that fails; runs that `fc.pre` ends do not count. */
export async function assertRandomly(
  run: (generate: GeneratorValue) => Promise<void>,
  { numRuns, secondsMax, seed, endOnFailure = false }: RandomRuns,
): Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const property = fc.asyncProperty(fc.gen(), (generate) => {
    last = run(generate);
    return last;
  });
  const interruptAfterTimeLimit = secondsMax * 1_000;
  try {
    await fc.assert(property, {
      numRuns,
      interruptAfterTimeLimit,
      endOnFailure,
      ...(seed === undefined ? {} : { seed }),
    });
  } finally {
    await last.catch(() => {});
  }
  await last.catch((reason: unknown) => {
    if (!fc.PreconditionFailure.isFailure(reason)) throw reason;
  });
}
