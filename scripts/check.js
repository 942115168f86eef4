/**
 * `npm run check`: format and lint, types, imports, folders, words, generated files unchanged. Runs all and names those
 * that failed.
 */

import { join } from 'node:path';
import { ensureInstalled, ROOT, runProgram } from './tools/ensure-installed.js';

await ensureInstalled('all');
const bin = (name) => join(ROOT, 'node_modules', '.bin', name);
const steps = [
  ['format and lint', bin('biome'), ['check', '.']],
  ['types', bin('tsc'), ['--noEmit', '-p', '.']],
  ['types of the page', bin('tsc'), ['--noEmit', '-p', 'gateway/playground/page']],
  ['imports', process.execPath, ['--import', 'tsx', 'scripts/tools/check/imports/main.ts', '--check']],
  ['folders', process.execPath, ['--import', 'tsx', 'scripts/tools/check/folders/main.ts']],
  ['words', process.execPath, ['--import', 'tsx', 'scripts/tools/check/words/main.ts']],
  ['generated files', process.execPath, ['--import', 'tsx', 'scripts/tools/check/generated-main.ts']],
];
const failed = [];
for (const [name, command, args] of steps) {
  console.log(`check: ${name}`);
  if ((await runProgram(command, args)) !== 0) failed.push(name);
}
console.log(failed.length === 0 ? 'check: all fine' : `check: failed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
