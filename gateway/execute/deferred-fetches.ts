/** The deferred parts of one run: which fetches they wait for, and when their own fetches are over. */
import type { CoverageCollector } from './coverage/coverage-collector.ts';

export interface DeferredFetches {
  /** Marks a fetch as over, whether or not it succeeded. */
  complete(id: string): void;
  /** Resolves when all of these fetches are over. */
  waitFor(ids: readonly string[]): Promise<void>;
  /** Undefined for a part without a fetch of its own. */
  get(label: string): DeferredFetch | undefined;
  start(label: string, get: DeferredFetch): void;
}

export interface DeferredFetch {
  /** Has the errors of the part's own fetches. */
  readonly collector: CoverageCollector;
  /** Resolves when all fields of the part are in the tree; rejects if a fetch was refused. */
  readonly done: Promise<void>;
}

interface Completion {
  readonly promise: Promise<void>;
  resolve(): void;
}

export function createDeferredFetches(): DeferredFetches {
  const completions = new Map<string, Completion>();
  const deferredFetches = new Map<string, DeferredFetch>();
  const completionOf = (id: string): Completion => {
    const completion = completions.get(id) ?? createCompletion();
    completions.set(id, completion);
    return completion;
  };
  return {
    complete: (id) => completionOf(id).resolve(),
    waitFor: async (ids) => void (await Promise.all(ids.map((id) => completionOf(id).promise))),
    get: (label) => deferredFetches.get(label),
    start: (label, deferredFetch) => {
      // Delivery reads the rejection, unless the object around the part is missing: then nobody does.
      deferredFetch.done.catch(() => {});
      deferredFetches.set(label, deferredFetch);
    },
  };
}

function createCompletion(): Completion {
  let resolve = (): void => {};
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}
