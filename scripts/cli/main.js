/** Arguments of `npx yiwang` → exit code. Runs a built module of the commands, or the sources if the module cannot be written. */
import { existsSync } from 'node:fs';
import { ensureInstalled } from '../tools/ensure-installed.js';

/** Error codes of a file system that cannot hold the built modules. */
const READ_ONLY = new Set(['EACCES', 'EPERM', 'EROFS']);
const LOOK_MS = 500;

export async function main(args) {
  if (!existsSync(new URL('../../node_modules/tsx', import.meta.url))) await ensureInstalled();
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

/** The shell between npx and this process dies of a signal and does not forward it. */
function stopWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_MS);
  watch.unref();
}
