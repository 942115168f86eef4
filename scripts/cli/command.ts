/** Commands of `npx yiwang`. */

/** Where a command prints; tests pass their own. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  /** True if `out` may hold colours; default false. */
  readonly color?: boolean;
}

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  /** Resolves to the exit code. Throws `UsageError`. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
