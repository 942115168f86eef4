/**
 * A page over many platforms → how many of its rows each is asked for at first: the rows to be expected of it, and some
 * more.
 */

export interface SharedPage {
  /** Rows of the page; an integer. */
  readonly rows: number;
  /** How many platforms are asked. */
  readonly platforms: number;
  /** No share is smaller, unless the page is. */
  readonly rowsMin: number;
}

/**
 * If rows are spread evenly, a platform has `m = rows / platforms` of them, and few platforms have more than `m + 2√m`
 * (two standard deviations of a Poisson distribution). One more is asked for, since a platform that gives more than are
 * taken is not asked again. A share is never more than the page.
 */
export function estimateRowShare({ rows, platforms, rowsMin }: SharedPage): number {
  const mean = rows / Math.max(1, platforms);
  const expected = Math.ceil(mean + 2 * Math.sqrt(mean)) + 1;
  return Math.min(rows, Math.max(expected, rowsMin));
}
