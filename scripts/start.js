/** `npm start`: makes the clone ready, then starts the demo network. */
import { HELP } from './network/usage.js';
import { makeReady, run } from './ready.js';

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(HELP);
  process.exit(0);
}
await makeReady();
process.exit(await run(process.execPath, ['--import', 'tsx', 'scripts/network/main.ts', ...args]));
