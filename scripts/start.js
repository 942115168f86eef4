/** `npm start`: starts the demo network, after installing what is missing. */

import { HELP } from './demo/network/usage.js';
import { ensureInstalled, runProgram } from './tools/ensure-installed.js';
import { endServersIn } from './tools/postgres/end-servers.js';

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(HELP);
  process.exit(0);
}
await ensureInstalled();
let postgres;
const main = ['--import', 'tsx', 'scripts/demo/network/main.ts', ...args];
const code = await runProgram(process.execPath, main, {}, (message) => {
  postgres = message.postgres ?? postgres;
});
// Platforms end with the supervisor, even if it was killed. PostgreSQL does not.
if (postgres !== undefined) await endServersIn(postgres, 'SIGINT');
process.exit(code);
