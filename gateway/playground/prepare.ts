/** Configuration → the playground: its content, and its bundle, which is built if it is missing or old. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config/config.ts';
import { sha256 } from '../kit/crypto/digest.ts';
import { buildPlayground } from './build.ts';
import { createContent } from './content.ts';

const FOLDER = fileURLToPath(new URL('./dist', import.meta.url));
const PAGE = fileURLToPath(new URL('./page', import.meta.url));
const STAMP = join(FOLDER, 'stamp');

export interface Playground {
  readonly folder: string;
  /** Resolves when the bundle is there, with false if it could not be built. */
  readonly ready: Promise<boolean>;
  readonly content: () => Promise<unknown>;
}

/** The build runs in a process of its own while the gateway starts. */
export async function preparePlayground(config: GatewayConfig, log: Logger): Promise<Playground> {
  return { folder: FOLDER, ready: ensureBundle(log), content: await createContent(config) };
}

async function ensureBundle(log: Logger): Promise<boolean> {
  try {
    const digest = await digestOfSources();
    const built = await readFile(STAMP, 'utf8').catch(() => undefined);
    if (built === digest) return true;
    await buildPlayground(FOLDER);
    await writeFile(STAMP, digest);
    return true;
  } catch (err) {
    log.warn({ err }, 'the playground could not be built');
    return false;
  }
}

/** Covers the page's files, and the lockfile, which pins the packages. */
async function digestOfSources(): Promise<string> {
  const names = (await readdir(PAGE)).sort();
  const files = [
    ...names.map((name) => join(PAGE, name)),
    fileURLToPath(new URL('../../package-lock.json', import.meta.url)),
  ];
  return sha256((await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\0'));
}
