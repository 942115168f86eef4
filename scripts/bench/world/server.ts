/** The subgraphs as one HTTP server: `/NAME` answers a subgraph's queries, `GET /calls` how many came so far. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { compileQuery, type Executable } from './execute.ts';
import { type Arguments, createSubgraph, SUBGRAPH_NAMES, type Subgraph, type SubgraphName } from './subgraph.ts';

/** By subgraph, headers that each of its answers carries, such as those that let an answer be kept. */
export type AnswerHeaders = Readonly<Partial<Record<SubgraphName, Readonly<Record<string, string>>>>>;

interface Served {
  readonly subgraph: Subgraph;
  readonly headers: Readonly<Record<string, string>>;
  readonly executables: Map<string, Executable>;
}

interface Asked {
  readonly query: string;
  readonly variables?: Arguments | null;
}

/** Not listening yet. */
export function createWorldServer(headers: AnswerHeaders): Server {
  const served = new Map<string, Served>(
    SUBGRAPH_NAMES.map((name) => [
      `/${name}`,
      { subgraph: createSubgraph(name), headers: headers[name] ?? {}, executables: new Map() },
    ]),
  );
  let calls = 0;
  const server = createServer((request, response) => {
    const asked = served.get(request.url ?? '');
    if (asked === undefined) return send(response, 200, JSON.stringify({ calls }));
    readText(request, (text) => {
      calls++;
      try {
        send(response, 200, answer(asked, JSON.parse(text) as Asked), asked.headers);
      } catch (error) {
        send(response, 500, JSON.stringify({ errors: [{ message: `${request.url}: ${(error as Error).message}` }] }));
      }
    });
  });
  // Contestants keep their connections through the slices of the others.
  server.keepAliveTimeout = 0;
  return server;
}

function answer({ subgraph, executables }: Served, { query, variables }: Asked): string {
  let executable = executables.get(query);
  if (executable === undefined) {
    executable = compileQuery(subgraph, query);
    executables.set(query, executable);
  }
  return executable(variables ?? {});
}

function send(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(text);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length, ...headers });
  response.end(body);
}

/** Hands on the body when it is complete; a request that breaks off is forgotten. */
export function readText(request: IncomingMessage, onText: (text: string) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => onText(chunks.length === 1 ? chunks[0]!.toString() : Buffer.concat(chunks).toString()));
}
