/** The data folder of the embedded PostgreSQL: accessible to its user, initialised once. */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { SetupError } from '../setup-error.ts';
import type { Binaries, Owner } from './binaries.ts';

/** Name of the superuser of an embedded server. */
export const SUPERUSER = 'yiwang';
const PASSWORD_FILE = 'yiwang-password';

/** The folder itself, or one in the temporary folder if other users cannot enter a folder above it, such as `/root`. */
export async function reachableFolder(folder: string, owner: Owner | undefined): Promise<string> {
  const requested = resolve(folder);
  if (!owner) return requested;
  for (let above = dirname(requested); above !== dirname(above); above = dirname(above)) {
    const status = await stat(above).catch(() => undefined);
    if (status?.isDirectory() && (status.mode & 0o001) === 0 && status.uid !== owner.uid) {
      return join(tmpdir(), `yiwang-postgres-${createHash('sha1').update(requested).digest('hex').slice(0, 12)}`);
    }
  }
  return requested;
}

/**
 * Runs `initdb` unless the folder is a data folder already, and returns the superuser's password. It works in a draft folder and
 * renames that at the end, so that the folder is complete or missing. Throws `SetupError` if the folder holds anything else.
 */
export async function initialiseCluster(folder: string, { initdb, owner }: Binaries): Promise<string> {
  const storedPassword = await readFile(join(folder, PASSWORD_FILE), 'utf8').catch(() => undefined);
  if (storedPassword) return storedPassword.trim();

  const draft = `${folder}.new`;
  const secret = `${folder}.password`;
  const password = randomBytes(18).toString('base64url');
  try {
    await prepareFolders(folder, draft, owner);
    await writeFile(secret, `${password}\n`, { mode: 0o600 });
    if (owner) await chown(secret, owner.uid, owner.gid);
    await runInitdb(initdb, owner, [
      `--pgdata=${draft}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${secret}`,
      '--auth=password',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ]);
    await rename(secret, join(draft, PASSWORD_FILE));
    await rename(draft, folder);
  } catch (cause) {
    if (cause instanceof SetupError) throw cause;
    const code = (cause as { code?: string }).code;
    throw new SetupError(
      `The data folder ${folder} cannot be written (${code}); free it or choose another with YIWANG_DATA`,
      { cause },
    );
  } finally {
    await Promise.all([rm(draft, { recursive: true, force: true }), rm(secret, { force: true })]).catch(
      () => undefined,
    );
  }
  return password;
}

async function prepareFolders(folder: string, draft: string, owner: Owner | undefined): Promise<void> {
  const content = await readdir(folder).catch(() => []);
  if (content.length > 0) {
    throw new SetupError(
      `The data folder ${folder} holds something else (${content[0]}); choose an empty one with YIWANG_DATA`,
    );
  }
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  if (owner) await chown(draft, owner.uid, owner.gid);
}

function runInitdb(initdb: string, owner: Owner | undefined, flags: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(initdb, flags, {
      ...owner,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const refuse = (reason: string) =>
      fail(
        new SetupError(
          `PostgreSQL could not make its data folder: ${reason.trim().replace(/\s+/g, ' ').slice(0, 300)}`,
        ),
      );
    child.on('error', (error) => refuse(error.message));
    child.on('close', (code) => (code === 0 ? done() : refuse(output || `initdb ended with ${code}`)));
  });
}
