/** Work that waits until a limiter or a queue starts it. */
export interface Waiter {
  /** Groups take turns, and within each group its parts. */
  readonly group: unknown;
  readonly part: unknown;
  start(): void;
}
