/** How many rows of a page each platform is asked for at first: what is to be expected of it, and some more. */

export interface SharedPage {
  /** Of the page; a whole number. */
  readonly rows: number;
  /** How many are asked. */
  readonly platforms: number;
  /** No share is smaller, unless the page is. */
  readonly rowsMin: number;
}

/**
 * Where rows are spread evenly, `m = rows / platforms` are a platform's own, and few platforms have more than `m + 2√m` (two standard
 * deviations of a Poisson distribution). A platform that gives more than is taken of it need not be asked again: hence one on top.
 * Never more than the page.
 */
export function estimateRowShare({ rows, platforms, rowsMin }: SharedPage): number {
  const mean = rows / Math.max(1, platforms);
  const expected = Math.ceil(mean + 2 * Math.sqrt(mean)) + 1;
  return Math.min(rows, Math.max(expected, rowsMin));
}
