/** Installs the peers' packages in a folder of their own, on the first run that needs them. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PEERS_FOLDER } from './targets.ts';

const STAMP = join(PEERS_FOLDER, 'node_modules', '.yiwang-installed');
const OUTPUT_BYTES_MAX = 10_000_000;

/** Throws an `Error` with npm's message if the installation fails. */
export async function installPeers(say: (line: string) => void): Promise<void> {
  const digest = createHash('sha256')
    .update(readFileSync(join(PEERS_FOLDER, 'package-lock.json')))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest) return;
  say('Installing the peers (first run or changed lockfile; about a minute and 700 MB)');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  try {
    await promisify(execFile)('npm', args, { cwd: PEERS_FOLDER, maxBuffer: OUTPUT_BYTES_MAX });
  } catch (error) {
    throw new Error(`The peers could not be installed in ${PEERS_FOLDER}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  writeFileSync(STAMP, digest);
}
