/** A share of the connections: so many queries of one kind at a time, the others wait their turn, first come first served. */
import { PlatformError } from './errors.ts';
import type { RequestEnd } from './request-end.ts';

export class ConnectionShare {
  readonly #max: number;
  readonly #queueMax: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(max: number, queueMax: number) {
    this.#max = max;
    this.#queueMax = queueMax;
  }

  /** Runs the query when it is its turn; a request that ends before leaves the queue. Throws `PlatformError` if too many wait. */
  async run<T>(end: RequestEnd | undefined, query: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#max) {
      if (this.#waiting.size >= this.#queueMax) throw tooMany();
      await this.#turn(end);
    } else this.#running++;
    try {
      return await query();
    } finally {
      this.#leave();
    }
  }

  /** The turn is handed over by who leaves, so that nobody overtakes; one whose request ended takes it and leaves at once. */
  #turn(end: RequestEnd | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        takeBack?.();
        resolve();
      };
      this.#waiting.add(start);
      const takeBack = end?.onCome(() => {
        if (this.#waiting.delete(start))
          reject(new PlatformError('PLATFORM_LATE', 'the time was up before it was its turn'));
      });
    });
  }

  #leave(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#running--;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}

export function tooMany(): PlatformError {
  return new PlatformError('PLATFORM_REFUSED', 'the platform has too much to do; ask again later');
}
