/** Cancels the work of a request at its deadline or when its caller disconnects. */
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

  /** Calls `listener` once on cancellation. Returns the function that unsubscribes it. */
  onCancel(listener: () => void): () => void {
    if (this.#isCancelled) listener();
    else this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Called at the deadline, or when the caller disconnects. */
  cancel(): void {
    if (this.#isCancelled) return;
    this.#isCancelled = true;
    clearTimeout(this.#timer);
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }

  /** Called when the answer is complete: removes timer and listeners. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }
}
