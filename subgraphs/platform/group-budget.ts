/** How many groups the statistics of one request may come to, all together: they are read one after the other. */
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
   * Reads one statistic when those before it are read, so that a request with many of them takes one connection at a time. `read` is
   * told how many groups it may give at most: one more than are left, by which too many are told from just enough. Throws
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
