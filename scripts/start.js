/** `npm start`: makes the clone ready, then starts the demo network. */

import { HELP } from './demo/network/usage.js';
import { makeReady, run } from './tools/ensure-installed.js';
import { endServersIn } from './tools/postgres/end-servers.js';

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(HELP);
  process.exit(0);
}
await makeReady();
let postgres;
const main = ['--import', 'tsx', 'scripts/demo/network/main.ts', ...args];
const code = await run(process.execPath, main, {}, (message) => {
  postgres = message.postgres ?? postgres;
});
// The platforms end with the supervisor, however it ended; PostgreSQL does not.
if (postgres !== undefined) await endServersIn(postgres, 'SIGINT');
process.exit(code);
