/** The subgraphs as a process: `main.ts PORT HEADERS`, the headers as JSON. */
import { createWorldServer } from './server.ts';

const [port, headers = '{}'] = process.argv.slice(2);
createWorldServer(JSON.parse(headers)).listen(Number(port), '127.0.0.1');
