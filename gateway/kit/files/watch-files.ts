/** Tells when files have changed and come to rest, by looking at them again and again: it works on every file system. */
import { stat } from 'node:fs/promises';

export interface FileWatcher {
  stop(): void;
}

/**
 * A changed file is told of once it looks the same at two looks in a row, so that one that is still being written is left alone; the
 * first state counts as a change. The next look follows `everyMs` after what `onRest` does has ended. Keeps no process alive.
 */
export function watchFiles(files: readonly string[], everyMs: number, onStable: () => Promise<void>): FileWatcher {
  let reportedFingerprint = '';
  let lastFingerprint = '';
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const poll = async (): Promise<void> => {
    const fingerprint = (await Promise.all(files.map(fileFingerprint))).join('\n');
    const isStable = fingerprint === lastFingerprint;
    lastFingerprint = fingerprint;
    if (isStable && fingerprint !== reportedFingerprint) {
      reportedFingerprint = fingerprint;
      await onStable();
    }
  };
  const scheduleNext = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => void poll().finally(scheduleNext), everyMs);
    timer.unref();
  };
  scheduleNext();
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** What changes with every writing of a file; `absent` where there is none. */
export async function fileFingerprint(file: string): Promise<string> {
  return stat(file, { bigint: true }).then(
    ({ ino, size, mtimeNs, ctimeNs }) => `${ino} ${size} ${mtimeNs} ${ctimeNs}`,
    () => 'absent',
  );
}
