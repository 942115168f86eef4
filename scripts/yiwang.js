#!/usr/bin/env node
/** `npx yiwang`: makes the clone ready, and runs the command: a gateway from a module made for it, all else through the TypeScript loader. */
import { existsSync } from 'node:fs';
import { makeReady } from './ready.js';

if (!existsSync(new URL('../node_modules/tsx', import.meta.url))) await makeReady();
const args = process.argv.slice(2);
/** Codes of a file system that does not take the module. */
const READ_ONLY = new Set(['EACCES', 'EPERM', 'EROFS']);
const isGateway = args[0] === 'serve' && !args.includes('--help') && !args.includes('-h');
process.exitCode = await (isGateway ? serve(args.slice(1)) : runThroughLoader(args));

async function serve(options) {
  const { prepareGateway } = await import('./build/gateway.js');
  const module = await prepareGateway().catch((error) => {
    if (!READ_ONLY.has(error.code)) throw error;
    return undefined;
  });
  if (module === undefined) return runThroughLoader(args);
  const { runGateway } = await import(module);
  const started = await runGateway(options);
  if (started.kind === 'failed') {
    for (const fault of started.faults) process.stderr.write(`${fault}\n`);
    return started.isUsage ? 2 : 1;
  }
  const { url, operatorUrl } = started.gateway;
  process.stdout.write(`Yiwang gateway: ${url}\n${forOperators(operatorUrl)}Stop with Ctrl-C.\n`);
  return 0;
}

function forOperators(url) {
  return url === undefined ? '' : `For operators:  ${url}/health and /metrics\n`;
}

async function runThroughLoader(given) {
  const { register } = await import('tsx/esm/api');
  register();
  const { runCommand } = await import('./commands/run.ts');
  return runCommand(given);
}
