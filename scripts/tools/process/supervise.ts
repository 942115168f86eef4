/** Supervises a process: restarts it after it exits, with a pause that doubles, and gives up after some exits in a row. */
import { setTimeout as pause } from 'node:timers/promises';

/** A running process. */
export interface ProcessHandle {
  readonly pid: number | undefined;
  /** Resolves to the exit code, or to the signal that ended it. */
  readonly ended: Promise<number | string>;
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  readonly start: () => Promise<ProcessHandle>;
  /** Called when it exits. `pauseMs` is the time until the restart, or undefined if it is not restarted. */
  readonly onExit: (exit: number | string, pauseMs: number | undefined) => void;
  readonly onRestart: () => void;
  /** Before the first restart; each further one waits twice as long. Default 500. */
  readonly pauseMs?: number;
  /** Exits in a row after which it is not restarted. Default 5. */
  readonly exitsMax?: number;
  /** Uptime after which an exit starts a new row. Default a minute. */
  readonly steadyMs?: number;
}

export interface SupervisedProcess {
  /** Process id; undefined while no process runs. */
  pid(): number | undefined;
  /** Stops it for good. */
  stop(): Promise<void>;
}

/** Rejects with the error of the first start. */
export async function supervise(options: SuperviseOptions): Promise<SupervisedProcess> {
  const { start, onExit, onRestart, pauseMs = 500, exitsMax = 5, steadyMs = 60_000 } = options;
  const stopping = new AbortController();
  let child: ProcessHandle | undefined = await start();
  let startedAt = performance.now();
  let exits = 0;

  /** Undefined if it was stopped or exited too often. */
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
