/** `npm start`: makes the clone ready, then starts the demo network. */
import { makeReady, run } from './ready.js';

await makeReady();
process.exit(await run(process.execPath, ['--import', 'tsx', 'scripts/network/main.ts', ...process.argv.slice(2)]));
