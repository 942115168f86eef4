/** The load: requests over persistent connections; each reply is checked when it arrives, at little cost. */
import { type Dispatcher, Pool } from 'undici';
import type { Callers, Scenario } from '../scenario.ts';

export interface HttpReply {
  readonly status: number;
  readonly body: Buffer;
}

/** One connection, or many, to one target. */
export interface LoadClient {
  /** Throws if the connection fails. */
  send(body: string): Promise<HttpReply>;
  close(): Promise<void>;
}

export interface LoadClientOptions {
  /** The target's name, for error messages. */
  readonly name: string;
  readonly port: number;
  readonly connections: number;
}

const REPLY_TIMEOUT_MS = 60_000;

export function createLoadClient({ name, port, connections }: LoadClientOptions): LoadClient {
  const pool = new Pool(`http://127.0.0.1:${port}`, {
    connections,
    pipelining: 1,
    headersTimeout: REPLY_TIMEOUT_MS,
    bodyTimeout: REPLY_TIMEOUT_MS,
  });
  const request: Dispatcher.DispatchOptions = {
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
  };
  return {
    send: (body) =>
      new Promise((resolve, reject) => {
        const fail = (cause: Error) => reject(new Error(`${name} does not answer: ${cause.message}`, { cause }));
        pool.dispatch({ ...request, body }, collect(resolve, fail));
      }),
    close: () => pool.destroy(),
  };
}

function collect(resolve: (reply: HttpReply) => void, reject: (error: Error) => void): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let status = 0;
  return {
    onRequestStart: () => undefined,
    onResponseStart: (_, statusCode) => {
      status = statusCode;
    },
    onResponseData: (_, chunk) => {
      chunks.push(chunk);
    },
    onResponseEnd: () => resolve({ status, body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) }),
    onResponseError: (_, error) => reject(error),
  };
}

/** The request body of the caller with this number. */
export function bodyOf(scenario: Scenario, callers: Callers, caller: number): string {
  const variables = scenario.variables(callers === 'identical' ? 0 : caller % scenario.callers);
  return JSON.stringify({ query: scenario.query, variables });
}

/** The JSON text of a reply's data. Throws if the reply has errors or no data. */
export function dataTextOf({ status, body }: HttpReply): string {
  const text = body.toString();
  if (status !== 200) throw new Error(`status ${status}: ${text.slice(0, 300)}`);
  const answer = JSON.parse(text) as { data?: unknown; errors?: unknown };
  if (answer.errors !== undefined || !answer.data)
    throw new Error(`errors: ${JSON.stringify(answer.errors).slice(0, 300)}`);
  return JSON.stringify(answer.data);
}

export interface LoadOptions {
  readonly client: LoadClient;
  readonly connections: number;
  readonly durationMs: number;
  /** Returns the next request. */
  next(): { readonly body: string; readonly caller: number };
  /** Throws if the reply is not the one that this caller must get. */
  check(caller: number, reply: HttpReply): void;
}

export interface Load {
  readonly elapsedMs: number;
  /** Latency of each reply. */
  readonly latenciesMs: readonly number[];
}

/** Sends over `connections` for `durationMs`, then lets pending requests finish. Throws what `check` throws. */
export async function runLoad({ client, connections, durationMs, next, check }: LoadOptions): Promise<Load> {
  const latenciesMs: number[] = [];
  const started = performance.now();
  const sendRepeatedly = async (): Promise<void> => {
    while (performance.now() - started < durationMs) {
      const { body, caller } = next();
      const sentAt = performance.now();
      const reply = await client.send(body);
      latenciesMs.push(performance.now() - sentAt);
      check(caller, reply);
    }
  };
  await Promise.all(Array.from({ length: connections }, sendRepeatedly));
  return { elapsedMs: performance.now() - started, latenciesMs };
}
