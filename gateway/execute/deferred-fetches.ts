/** The deferred parts of one run: what they wait for, and what the answer waits for. */
import type { CoverageCollector } from './coverage/coverage-collector.ts';

export interface DeferredFetches {
  /** Says that a fetch is over, whatever came of it. */
  complete(id: string): void;
  /** Fulfilled when all of them are over. */
  waitFor(ids: readonly string[]): Promise<void>;
  /** Undefined for a part that needs no fetch of its own. */
  get(label: string): DeferredFetch | undefined;
  start(label: string, get: DeferredFetch): void;
}

export interface DeferredFetch {
  /** Has what went wrong in the part's own fetches. */
  readonly collector: CoverageCollector;
  /** Fulfilled when all that the part shows is in the tree; rejected where a fetch was refused. */
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
    start: (label, part) => {
      // Whoever shows the part hears of it; nobody does where what is around it did not come.
      part.done.catch(() => {});
      deferredFetches.set(label, part);
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
