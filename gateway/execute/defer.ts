/** A plan in parts → what runs it: the primary part is waited for, each deferred one is under way as soon as what it depends on is there. */
import type { DeferNode, PlanNode } from '../model/plan.ts';
import type { Run } from './context.ts';
import type { Ledger } from './ledger.ts';

type Step = (run: Run) => Promise<void>;

/** The deferred parts of one run. */
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

/** A fetch that others may wait for. */
export function announced(id: string | undefined, step: Step): Step {
  if (id === undefined) return step;
  return async (run) => {
    try {
      await step(run);
    } finally {
      run.parts?.fetched(id);
    }
  };
}

export function compileDefer({ primary, deferred }: DeferNode, compile: (node: PlanNode) => Step): Step {
  const first = primary.node && compile(primary.node);
  const parts = deferred.map(({ label, depends, node }) => ({ label, depends, step: node && compile(node) }));
  return async (run) => {
    const { parts: underWay } = run;
    if (!underWay) throw new Error('the plan is one of an answer in parts, and the run is not');
    for (const { label, depends, step } of parts) {
      if (label === undefined) throw new Error('the plan has a deferred part without a label');
      if (!step) continue;
      const ledger = run.ledger.part();
      const done = underWay.after(depends).then(() => step(partOf(run, ledger)));
      underWay.start(label, { ledger, done });
    }
    await first?.(run);
  };
}

/** The same run, what goes wrong in it apart. */
function partOf(run: Run, ledger: Ledger): Run {
  const part: Run = {
    ...run,
    ledger,
    get calls() {
      return run.calls;
    },
    set calls(calls) {
      run.calls = calls;
    },
    get bytes() {
      return run.bytes;
    },
    set bytes(bytes) {
      run.bytes = bytes;
    },
  };
  return part;
}
