/** The subgraphs as one HTTP server: `/NAME` answers queries of a subgraph, `GET /calls` returns the number of calls. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { compileQuery, type Executable } from './execute.ts';
import { type Arguments, createSubgraph, SUBGRAPH_NAMES, type Subgraph, type SubgraphName } from './subgraph.ts';

/** By subgraph, headers of each of its answers, such as those that allow caching. */
export type AnswerHeaders = Readonly<Partial<Record<SubgraphName, Readonly<Record<string, string>>>>>;

interface ServedSubgraph {
  readonly subgraph: Subgraph;
  readonly headers: Readonly<Record<string, string>>;
  readonly executables: Map<string, Executable>;
  /** Cached answers by the text of the request. */
  readonly bodies: Map<string, Buffer>;
}

/** All answers to repeating callers fit, so that a subgraph spends no time on them. */
const BODIES_MAX = 20_000;

interface QueryBody {
  readonly query: string;
  readonly variables?: Arguments | null;
}

/** The server does not listen yet. */
export function createSubgraphServer(headers: AnswerHeaders): Server {
  const served = new Map<string, ServedSubgraph>(
    SUBGRAPH_NAMES.map((name) => [
      `/${name}`,
      { subgraph: createSubgraph(name), headers: headers[name] ?? {}, executables: new Map(), bodies: new Map() },
    ]),
  );
  let calls = 0;
  const server = createServer((request, response) => {
    const target = served.get(request.url ?? '');
    if (target === undefined) return send(response, 200, Buffer.from(JSON.stringify({ calls })));
    readText(request, (text) => {
      calls++;
      try {
        send(response, 200, bodyFor(target, text), target.headers);
      } catch (error) {
        const errors = [{ message: `${request.url}: ${(error as Error).message}` }];
        send(response, 500, Buffer.from(JSON.stringify({ errors })));
      }
    });
  });
  // Targets keep their connections while others run.
  server.keepAliveTimeout = 0;
  return server;
}

function bodyFor(served: ServedSubgraph, text: string): Buffer {
  const cachedBody = served.bodies.get(text);
  if (cachedBody !== undefined) return cachedBody;
  const body = Buffer.from(answer(served, JSON.parse(text) as QueryBody));
  if (served.bodies.size < BODIES_MAX) served.bodies.set(text, body);
  return body;
}

function answer({ subgraph, executables }: ServedSubgraph, { query, variables }: QueryBody): string {
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
  body: Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length, ...headers });
  response.end(body);
}

/** Calls `onText` with the complete body, and never if the request is aborted. */
export function readText(request: IncomingMessage, onText: (text: string) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => onText(chunks.length === 1 ? chunks[0]!.toString() : Buffer.concat(chunks).toString()));
}
