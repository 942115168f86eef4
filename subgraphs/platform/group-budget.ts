/** How many groups the statistics of one request may come to, all together. */
import { PlatformError } from './errors.ts';

export class GroupBudget {
  readonly #max: number;
  #left: number;

  constructor(max: number) {
    this.#max = max;
    this.#left = max;
  }

  /** What one statistic may read at most: one group more than is left, so that too many are told from just enough. */
  get rowsMax(): number {
    return this.#left + 1;
  }

  /** Throws `PlatformError` `TOO_COSTLY` for more than are left. */
  spend(groups: number): void {
    this.#left -= groups;
    if (this.#left >= 0) return;
    throw new PlatformError(
      'TOO_COSTLY',
      `the statistics of this request come to more than ${this.#max} groups; ask for fewer dimensions, a shorter period or a smaller division`,
    );
  }
}
