/**
 * Lets a few through in each turn of the event loop, in the order in which they came. Where more comes than can be done, work that is
 * begun goes on before more is begun: less is held at one time, and nobody waits much longer than others. Where the loop is idle,
 * nobody waits.
 */
export interface Turnstile {
  /** Undefined where one may go on at once. */
  pass(): Promise<void> | undefined;
  readonly waiting: number;
}

export function createTurnstile(perTurn: number): Turnstile {
  return new LoopTurnstile(perTurn);
}

class LoopTurnstile implements Turnstile {
  readonly #perTurn: number;
  readonly #queue: (() => void)[] = [];
  #room: number;

  constructor(perTurn: number) {
    this.#perTurn = perTurn;
    this.#room = perTurn;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  pass(): Promise<void> | undefined {
    if (this.#room > 0) {
      if (this.#room === this.#perTurn) setImmediate(this.#turn);
      this.#room--;
      return undefined;
    }
    return new Promise((resolve) => {
      this.#queue.push(resolve);
    });
  }

  readonly #turn = (): void => {
    this.#room = this.#perTurn;
    for (; this.#room > 0 && this.#queue.length > 0; this.#room--) this.#queue.shift()!();
    if (this.#room < this.#perTurn) setImmediate(this.#turn);
  };
}
