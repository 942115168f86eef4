/** `npm run map`, `npm run soak`, `npm run fuzz`: makes the clone ready, then runs a TypeScript file of the repository with its arguments. */
import { makeReady, run } from './tools/ensure-installed.js';

await makeReady();
process.exit(await run(process.execPath, ['--import', 'tsx', ...process.argv.slice(2)]));
