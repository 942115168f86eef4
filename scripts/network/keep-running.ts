/** A process that is to run: where it ends by itself it is started again, after a pause that doubles, and not for ever. */
import { setTimeout as pause } from 'node:timers/promises';

/** A process as far as it is kept: `Child` is one. */
export interface KeptProcess {
  readonly pid: number | undefined;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  stop(): Promise<void>;
}

export interface KeptOptions {
  readonly start: () => Promise<KeptProcess>;
  /** Told that it ended, and after how long it is started again: undefined where it is not any more. */
  readonly onDeath: (how: number | string, pauseMs: number | undefined) => void;
  readonly onBack: () => void;
  /** Before the first start anew; each further one waits twice as long. Default 500. */
  readonly pauseMs?: number;
  /** Ends in a row after which it is left alone. Default 5. */
  readonly endsMax?: number;
  /** Life after which an end is the first of a row. Default a minute. */
  readonly steadyMs?: number;
}

export interface Kept {
  /** Of the process that runs; undefined while there is none. */
  pid(): number | undefined;
  /** For good. */
  stop(): Promise<void>;
}

/** Throws what the first start throws. */
export async function keepRunning(options: KeptOptions): Promise<Kept> {
  const { start, onDeath, onBack, pauseMs = 500, endsMax = 5, steadyMs = 60_000 } = options;
  const stopping = new AbortController();
  let child: KeptProcess | undefined = await start();
  let startedAt = performance.now();
  let ends = 0;

  /** Undefined where it is over: stopped, or ended too often. */
  const again = async (how: number | string): Promise<KeptProcess | undefined> => {
    if (performance.now() - startedAt > steadyMs) ends = 0;
    ends++;
    const waitMs = ends < endsMax ? pauseMs * 2 ** (ends - 1) : undefined;
    onDeath(how, waitMs);
    if (waitMs === undefined) return undefined;
    await pause(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    if (stopping.signal.aborted) return undefined;
    startedAt = performance.now();
    return start().catch((error: Error) => again(error.message));
  };
  const watch = async (): Promise<void> => {
    while (child) {
      const how = await child.ended;
      child = undefined;
      if (stopping.signal.aborted) return;
      child = await again(how);
      if (child && !stopping.signal.aborted) onBack();
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
