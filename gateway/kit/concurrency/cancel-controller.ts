/**
 * A light `AbortController` for work inside the process. Each `AbortSignal` of Node brings a hidden class of its own,
 * which V8 puts among the old objects, and each of its listeners costs as much as a small call.
 */
import { type Bag, createBag } from '../collections/bag.ts';

interface CancelSignal {
  readonly aborted: boolean;
  /** Returns what removes the listener. A signal that is aborted already never calls it. */
  onAbort(listener: () => void): () => void;
}

export interface CancelController {
  readonly signal: CancelSignal;
  /** Calls the listeners; a second call does nothing. */
  abort(): void;
}

export function createCancelController(): CancelController {
  return new ListenerCancelController();
}

class ListenerCancelController implements CancelController, CancelSignal {
  readonly #listeners: Bag<() => void> = createBag();
  aborted = false;

  get signal(): CancelSignal {
    return this;
  }

  onAbort(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const listener of this.#listeners.list()) listener();
  }
}
