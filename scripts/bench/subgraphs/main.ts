/** The subgraphs as a process: `main.ts PORT HEADERS`, with headers as JSON. */
import { createSubgraphServer } from './server.ts';

const [port, headers = '{}'] = process.argv.slice(2);
createSubgraphServer(JSON.parse(headers)).listen(Number(port), '127.0.0.1');
