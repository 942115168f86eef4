/**
 * Runs a property with random values for some seconds. A run in progress at the end is awaited, so that nothing goes on
 * after its test.
 */
import fc, { type GeneratorValue } from 'fast-check';

export interface RandomRuns {
  readonly numRuns: number;
  readonly secondsMax: number;
  /** Undefined: a new one each time. */
  readonly seed?: number | undefined;
  /** True: a failure is reported as it was found. Default: it is shrunk. */
  readonly endOnFailure?: boolean;
}

/** Rejects as the first run that fails. Runs that `fc.pre` ends do not count. */
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
