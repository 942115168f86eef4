/** A process that is to run: where it ends by itself it is started again, after a pause that doubles, and not for ever. */
import { setTimeout as pause } from 'node:timers/promises';

/** A process as far as it is kept: `Child` is one. */
export interface ProcessHandle {
  readonly pid: number | undefined;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  readonly start: () => Promise<ProcessHandle>;
  /** Told that it ended, and after how long it is started again: undefined if it is not any more. */
  readonly onExit: (exit: number | string, pauseMs: number | undefined) => void;
  readonly onRestart: () => void;
  /** Before the first start anew; each further one waits twice as long. Default 500. */
  readonly pauseMs?: number;
  /** Ends in a row after which it is left alone. Default 5. */
  readonly exitsMax?: number;
  /** Life after which an end is the first of a row. Default a minute. */
  readonly steadyMs?: number;
}

export interface SupervisedProcess {
  /** Of the process that runs; undefined while there is none. */
  pid(): number | undefined;
  /** For good. */
  stop(): Promise<void>;
}

/** Throws what the first start throws. */
export async function supervise(options: SuperviseOptions): Promise<SupervisedProcess> {
  const { start, onExit, onRestart, pauseMs = 500, exitsMax = 5, steadyMs = 60_000 } = options;
  const stopping = new AbortController();
  let child: ProcessHandle | undefined = await start();
  let startedAt = performance.now();
  let exits = 0;

  /** Undefined if it is over: stopped, or ended too often. */
  const restart = async (exit: number | string): Promise<ProcessHandle | undefined> => {
    if (performance.now() - startedAt > steadyMs) exits = 0;
    exits++;
    const waitMs = exits < exitsMax ? pauseMs * 2 ** (exits - 1) : undefined;
    onExit(exit, waitMs);
    if (waitMs === undefined) return undefined;
    await pause(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    if (stopping.signal.aborted) return undefined;
    startedAt = performance.now();
    return start().catch((error: Error) => restart(error.message));
  };
  const watch = async (): Promise<void> => {
    while (child) {
      const exit = await child.ended;
      child = undefined;
      if (stopping.signal.aborted) return;
      child = await restart(exit);
      if (child && !stopping.signal.aborted) onRestart();
    }
  };
  const watching = watch();
  return {
    pid: () => child?.pid,
    async stop() {
      stopping.abort();
      await child?.stop();
      await watching;
      await child?.stop();
    },
  };
}
