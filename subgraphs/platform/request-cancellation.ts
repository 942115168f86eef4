/** The end of a request: its deadline, or its caller gone. What still works for it is told, and stops. */
export class RequestCancellation {
  /** On the clock of `performance.now()`. */
  readonly endsAtMs: number;
  readonly #listeners = new Set<() => void>();
  readonly #timer: NodeJS.Timeout;
  #isCancelled = false;

  constructor(endsAtMs: number) {
    this.endsAtMs = endsAtMs;
    this.#timer = setTimeout(() => this.cancel(), Math.max(0, endsAtMs - performance.now()));
  }

  get isCancelled(): boolean {
    return this.#isCancelled || performance.now() >= this.endsAtMs;
  }

  /** Calls `listener` once when the end comes; returns how to take it back. */
  onCancel(listener: () => void): () => void {
    if (this.#isCancelled) listener();
    else this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The caller is gone, or the time is up. */
  cancel(): void {
    if (this.#isCancelled) return;
    this.#isCancelled = true;
    clearTimeout(this.#timer);
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }

  /** The answer is there: nothing is left to be stopped. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }
}
