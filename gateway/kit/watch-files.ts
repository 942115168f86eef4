/** Tells when files have changed and come to rest, by looking at them again and again: it works on every file system. */
import { stat } from 'node:fs/promises';

export interface FileWatch {
  stop(): void;
}

/**
 * A changed file is told of once it looks the same at two looks in a row, so that one that is still being written is left alone; the
 * first state counts as a change. The next look follows `everyMs` after what `onRest` does has ended. Keeps no process alive.
 */
export function watchFiles(files: readonly string[], everyMs: number, onRest: () => Promise<void>): FileWatch {
  let told = '';
  let last = '';
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async (): Promise<void> => {
    const stamp = (await Promise.all(files.map(stampOf))).join('\n');
    const rests = stamp === last;
    last = stamp;
    if (rests && stamp !== told) {
      told = stamp;
      await onRest();
    }
  };
  const next = (): void => {
    if (stopped) return;
    timer = setTimeout(() => void look().finally(next), everyMs);
    timer.unref();
  };
  next();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** What changes with every writing of a file; `absent` where there is none. */
export async function stampOf(file: string): Promise<string> {
  return stat(file, { bigint: true }).then(
    ({ ino, size, mtimeNs, ctimeNs }) => `${ino} ${size} ${mtimeNs} ${ctimeNs}`,
    () => 'absent',
  );
}
