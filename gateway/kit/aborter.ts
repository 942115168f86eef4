/**
 * What an `AbortController` does, for work inside the gateway alone: every operation has one, and every call hangs on it. Each
 * `AbortSignal` of Node brings a hidden class of its own, which is old from the start, and every listener costs as much as a small call.
 */
import { createRoster, type Roster } from './roster.ts';

interface Signal {
  readonly aborted: boolean;
  /** Returns what takes the hook away again. On a signal that is aborted already the hook is never called. */
  onAbort(hook: () => void): () => void;
}

export interface Aborter {
  readonly signal: Signal;
  /** Calls what hangs on the signal; a second time does nothing. */
  abort(): void;
}

export function createAborter(): Aborter {
  return new HookedAborter();
}

class HookedAborter implements Aborter, Signal {
  readonly #hooks: Roster<() => void> = createRoster();
  aborted = false;

  get signal(): Signal {
    return this;
  }

  onAbort(hook: () => void): () => void {
    return this.#hooks.add(hook);
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const hook of this.#hooks.list()) hook();
  }
}
