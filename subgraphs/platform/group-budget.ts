/** Bounds the groups of all statistics of one request, which are read one after the other. */
import { PlatformError } from './errors.ts';

export class GroupBudget {
  readonly #max: number;
  #left: number;
  #last: Promise<void> = Promise.resolve();

  constructor(max: number) {
    this.#max = max;
    this.#left = max;
  }

  /**
   * Reads a statistic after those before it, so that a request takes one connection at a time. `read` gets its
   * maximum of groups: one more than the budget has left, which tells too many from just enough. Throws
   * `PlatformError` `TOO_COSTLY`.
   */
  read<Row>(read: (groupsMax: number) => Promise<Row[]>): Promise<Row[]> {
    const reading = this.#last.then(async () => {
      if (this.#left < 0) throw this.#tooMany();
      const rows = await read(this.#left + 1);
      this.#left -= rows.length;
      if (this.#left < 0) throw this.#tooMany();
      return rows;
    });
    this.#last = reading.then(
      () => undefined,
      () => undefined,
    );
    return reading;
  }

  #tooMany(): PlatformError {
    return new PlatformError(
      'TOO_COSTLY',
      `the statistics of this request come to more than ${this.#max} groups; ask for fewer dimensions, a shorter period or a smaller division`,
    );
  }
}
