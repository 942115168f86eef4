/**
 * What an `AbortController` does, for work inside the gateway alone: every operation has one, and every call hangs on it. Each
 * `AbortSignal` of Node brings a hidden class of its own, which is old from the start, and every listener costs as much as a small call.
 */
import { type Bag, createBag } from '../collections/bag.ts';

interface CancelSignal {
  readonly aborted: boolean;
  /** Returns what takes the hook away again. On a signal that is aborted already the hook is never called. */
  onAbort(listener: () => void): () => void;
}

export interface CancelController {
  readonly signal: CancelSignal;
  /** Calls what hangs on the signal; a second time does nothing. */
  abort(): void;
}

export function createCancelController(): CancelController {
  return new ListenerCancelController();
}

class ListenerCancelController implements CancelController, CancelSignal {
  readonly #hooks: Bag<() => void> = createBag();
  aborted = false;

  get signal(): CancelSignal {
    return this;
  }

  onAbort(listener: () => void): () => void {
    return this.#hooks.add(listener);
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const listener of this.#hooks.list()) listener();
  }
}
