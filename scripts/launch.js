/** Runs a TypeScript file of the repository with its arguments, after installing what is missing. */
import { ensureInstalled, runProgram } from './tools/ensure-installed.js';

await ensureInstalled();
process.exit(await runProgram(process.execPath, ['--import', 'tsx', ...process.argv.slice(2)]));
