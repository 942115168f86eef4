/** The deferred parts of one run: what they wait for, and what the answer waits for. */
import type { Ledger } from './ledger.ts';

export interface PartsUnderWay {
  /** Says that a fetch is over, whatever came of it. */
  fetched(id: string): void;
  /** Fulfilled when all of them are over. */
  after(ids: readonly string[]): Promise<void>;
  /** Undefined for a part that needs no fetch of its own. */
  part(label: string): PartUnderWay | undefined;
  start(label: string, part: PartUnderWay): void;
}

export interface PartUnderWay {
  /** Has what went wrong in the part's own fetches. */
  readonly ledger: Ledger;
  /** Fulfilled when all that the part shows is in the tree; rejected where a fetch was refused. */
  readonly done: Promise<void>;
}

interface Latch {
  readonly opened: Promise<void>;
  open(): void;
}

export function createPartsUnderWay(): PartsUnderWay {
  const fetches = new Map<string, Latch>();
  const parts = new Map<string, PartUnderWay>();
  const latchOf = (id: string): Latch => {
    const latch = fetches.get(id) ?? createLatch();
    fetches.set(id, latch);
    return latch;
  };
  return {
    fetched: (id) => latchOf(id).open(),
    after: async (ids) => void (await Promise.all(ids.map((id) => latchOf(id).opened))),
    part: (label) => parts.get(label),
    start: (label, part) => {
      // Whoever shows the part hears of it; nobody does where what is around it did not come.
      part.done.catch(() => {});
      parts.set(label, part);
    },
  };
}

function createLatch(): Latch {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
