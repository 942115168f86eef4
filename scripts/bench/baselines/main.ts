/** A baseline as a process: `main.ts PORT SUBGRAPHS_URL SCENARIO KIND`. */
import { createServer } from 'node:http';
import type { ScenarioName } from '../scenario.ts';
import { readText } from '../subgraphs/server.ts';
import { type BaselineKind, createBaseline } from './baseline.ts';
import { createSubgraphClient, type Item } from './subgraph-client.ts';

const [port, subgraphsUrl, scenario, kind] = process.argv.slice(2) as [string, string, ScenarioName, BaselineKind];
const baseline = createBaseline(scenario, kind, createSubgraphClient(subgraphsUrl));
if (baseline === undefined) throw new Error(`the scenario ${scenario} has no baseline ${kind}`);

const server = createServer((request, response) => {
  const send = (status: number, text: string): void => {
    const body = Buffer.from(text);
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  };
  readText(request, (text) => {
    const { query, variables } = JSON.parse(text || '{}') as { query?: string; variables?: Item };
    if (variables === undefined) return send(query === undefined ? 404 : 200, '{"data":{"__typename":"Query"}}');
    baseline(variables).then(
      (body) => send(200, body),
      (error: unknown) => send(500, JSON.stringify({ errors: [{ message: String(error) }] })),
    );
  });
});
server.keepAliveTimeout = 0;
server.listen(Number(port), '127.0.0.1');
