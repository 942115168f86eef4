/** A floor as a process: `main.ts PORT WORLD SCENARIO KIND`. */
import { createServer } from 'node:http';
import type { ScenarioName } from '../scenario.ts';
import { readText } from '../world/server.ts';
import { createAsk, type Item } from './fetch.ts';
import { createFloor, type FloorKind } from './floor.ts';

const [port, world, scenario, kind] = process.argv.slice(2) as [string, string, ScenarioName, FloorKind];
const floor = createFloor(scenario, kind, createAsk(world));
if (floor === undefined) throw new Error(`the scenario ${scenario} has no floor ${kind}`);

const server = createServer((request, response) => {
  const send = (status: number, text: string): void => {
    const body = Buffer.from(text);
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  };
  readText(request, (text) => {
    const { query, variables } = JSON.parse(text || '{}') as { query?: string; variables?: Item };
    if (variables === undefined) return send(query === undefined ? 404 : 200, '{"data":{"__typename":"Query"}}');
    floor(variables).then(
      (body) => send(200, body),
      (error: unknown) => send(500, JSON.stringify({ errors: [{ message: String(error) }] })),
    );
  });
});
server.keepAliveTimeout = 0;
server.listen(Number(port), '127.0.0.1');
