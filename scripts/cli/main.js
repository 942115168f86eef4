/** Arguments of `npx yiwang` → exit code, by a module that is built of the commands; through the TypeScript loader if it cannot be written. */
import { existsSync } from 'node:fs';
import { makeReady } from '../tools/ensure-installed.js';

/** Codes of a file system that does not take the modules. */
const READ_ONLY = new Set(['EACCES', 'EPERM', 'EROFS']);
const LOOK_MS = 500;

export async function main(args) {
  if (!existsSync(new URL('../../node_modules/tsx', import.meta.url))) await makeReady();
  if (args[0] === 'serve' && process.env.npm_command === 'exec') stopWithParent();
  const { prepareCommands } = await import('../tools/build/module.js');
  const module = await prepareCommands().catch((error) => {
    if (!READ_ONLY.has(error.code)) throw error;
    return undefined;
  });
  process.exitCode = await (module === undefined ? runThroughLoader(args) : (await import(module)).runCommand(args));
}

async function runThroughLoader(args) {
  const { register } = await import('tsx/esm/api');
  register();
  const commands = await import('./run.ts');
  return commands.runCommand(args);
}

/** The shell between npx and this process dies of a signal without handing it on. */
function stopWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_MS);
  watch.unref();
}
