/** The end of a request: its deadline, or its caller gone. What still works for it is told, and stops. */
export class RequestEnd {
  /** On the clock of `performance.now()`. */
  readonly endsAtMs: number;
  readonly #listeners = new Set<() => void>();
  readonly #timer: NodeJS.Timeout;
  #isOver = false;

  constructor(endsAtMs: number) {
    this.endsAtMs = endsAtMs;
    this.#timer = setTimeout(() => this.come(), Math.max(0, endsAtMs - performance.now()));
  }

  get isOver(): boolean {
    return this.#isOver || performance.now() >= this.endsAtMs;
  }

  /** Calls `listener` once when the end comes; returns how to take it back. */
  onCome(listener: () => void): () => void {
    if (this.#isOver) listener();
    else this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The caller is gone, or the time is up. */
  come(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }

  /** The answer is there: nothing is left to be stopped. */
  release(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }
}
