/** The data folder of a demo network: created if it is missing, locked by one supervisor at a time. */
import { access, constants, rm, writeFile } from 'node:fs/promises';
import { makeFolder } from '@yiwang/gateway/kit/files/make-folder.ts';
import { SetupError } from '../../tools/postgres/index.ts';
import { isRunning, type RunFile, readRunFile, runFileOf } from './control.ts';

export interface LockedFolder {
  /** Replaces the content of the run file. */
  writeRunFile(run: RunFile): Promise<void>;
  release(): Promise<void>;
}

/** Throws a `SetupError` if the folder is not writable or another supervisor holds it. */
export async function lockFolder(folder: string): Promise<LockedFolder> {
  await makeWritable(folder);
  const file = runFileOf(folder);
  const current = await readRunFile(folder);
  if (current && (await isLocked(folder, current))) throw alreadyRunning(folder, current);
  // The file is that of a supervisor that was killed.
  await rm(file, { force: true });
  LOCKED_HERE.add(folder);
  const format = (run: RunFile) => `${JSON.stringify(run, null, 2)}\n`;
  try {
    await writeFile(file, format({ pid: process.pid }), { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    LOCKED_HERE.delete(folder);
    const winner = await readRunFile(folder);
    throw winner ? alreadyRunning(folder, winner) : new SetupError(`${file} cannot be written`, { cause });
  }
  return {
    writeRunFile: (run) => writeFile(file, format(run), { mode: 0o600 }),
    release() {
      LOCKED_HERE.delete(folder);
      return rm(file, { force: true });
    },
  };
}

/** Folders that this process locked. In a container the next supervisor often gets the process id of a killed one. */
const LOCKED_HERE = new Set<string>();

async function isLocked(folder: string, run: RunFile): Promise<boolean> {
  return run.pid === process.pid ? LOCKED_HERE.has(folder) : isRunning(run);
}

function alreadyRunning(folder: string, { pid, gatewayUrl }: RunFile): SetupError {
  const where = gatewayUrl ? ` at ${gatewayUrl}` : '';
  return new SetupError(
    `A demo network already runs with ${folder} (pid ${pid}${where}); stop it there, or start another with --data FOLDER and PORT`,
  );
}

async function makeWritable(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK | constants.X_OK);
    // For root, the check above passes even on a read-only file system.
    await writeFile(`${folder}/.writable`, '');
    await rm(`${folder}/.writable`);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message;
    throw new SetupError(
      `The data folder ${folder} cannot be written (${reason}); make it writable, or choose another: npm start -- --data FOLDER`,
      { cause },
    );
  }
}
