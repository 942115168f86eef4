/** A command of `npx yiwang`. */
/** What a command prints on; handed in, so that tests can read it. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
}

export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  /** Resolves to the exit code. Throws `UsageError`. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
