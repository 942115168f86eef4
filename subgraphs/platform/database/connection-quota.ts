/** Limits the queries of one kind that run at a time. The others wait in a queue, first come, first served. */
import { PlatformError } from '../errors.ts';
import type { RequestCancellation } from '../request-cancellation.ts';

export class ConnectionQuota {
  readonly #max: number;
  readonly #queueMax: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(max: number, queueMax: number) {
    this.#max = max;
    this.#queueMax = queueMax;
  }

  /**
   * Runs the query when a slot is free. A cancelled request leaves the queue. Throws `PlatformError` if too many
   * wait.
   */
  async run<T>(cancellation: RequestCancellation | undefined, query: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#max) {
      if (this.#waiting.size >= this.#queueMax) throw createOverloadError();
      await this.#waitForSlot(cancellation);
    } else this.#running++;
    try {
      return await query();
    } finally {
      this.#releaseSlot();
    }
  }

  /** A finished query hands its slot to the next in the queue, so that nobody overtakes. */
  #waitForSlot(cancellation: RequestCancellation | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        unsubscribe?.();
        resolve();
      };
      this.#waiting.add(start);
      const unsubscribe = cancellation?.onCancel(() => {
        if (this.#waiting.delete(start))
          reject(new PlatformError('PLATFORM_LATE', 'the time was up before it was its turn'));
      });
    });
  }

  #releaseSlot(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#running--;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}

export function createOverloadError(): PlatformError {
  return new PlatformError('PLATFORM_REFUSED', 'the platform has too much to do; ask again later');
}
