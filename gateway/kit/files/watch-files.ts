/** Polls files for changes, which works on every file system. */
import { stat } from 'node:fs/promises';

export interface FileWatcher {
  stop(): void;
}

/**
 * Calls `onStable` if files have changed and two polls in a row found them alike, so that a file is not read while it
 * is written. The first state counts as a change. The next poll follows `everyMs` after `onStable` has settled. Keeps
 * no process alive.
 */
export function watchFiles(files: readonly string[], everyMs: number, onStable: () => Promise<void>): FileWatcher {
  let reportedFingerprint = '';
  let lastFingerprint = '';
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const poll = async (): Promise<void> => {
    const fingerprint = (await Promise.all(files.map(readFileFingerprint))).join('\n');
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

/** Returns a text that changes with each write of the file; `absent` if there is no file. */
export async function readFileFingerprint(file: string): Promise<string> {
  return stat(file, { bigint: true }).then(
    ({ ino, size, mtimeNs, ctimeNs }) => `${ino} ${size} ${mtimeNs} ${ctimeNs}`,
    () => 'absent',
  );
}
