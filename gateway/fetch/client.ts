/** Call → answer: one GraphQL request to one platform over a pool of connections, bounded in time, size and waiting. */
import { Pool } from 'undici';
import type { Answer, Call, Printed } from '../model/answer.ts';
import type { ErrorCode } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import { readBody, TooLarge } from './body.ts';
import { type Reply, readAnswer, readPrinted } from './read-answer.ts';

export interface PlatformClient {
  call(call: Call): Promise<Answer>;
  /** As `call`, but an answer that carries nothing besides its data stays as it was sent. */
  callPrinted(call: Call): Promise<Answer | Printed>;
  close(): Promise<void>;
}

type ClientLimits = Pick<
  Limits,
  'platformConnectionsMax' | 'platformQueueMax' | 'platformResponseBytesMax' | 'coverageEntriesMax'
>;

interface Origin {
  readonly pool: Pool;
  /** Calls that wait or are under way. */
  waiting: number;
}

export function createPlatformClient(limits: ClientLimits): PlatformClient {
  const origins = new Map<string, Origin>();
  const originOf = (url: URL): Origin => {
    let origin = origins.get(url.origin);
    if (!origin) {
      origin = {
        pool: new Pool(url.origin, { connections: limits.platformConnectionsMax, pipelining: 1 }),
        waiting: 0,
      };
      origins.set(url.origin, origin);
    }
    return origin;
  };
  const inFlightMax = limits.platformConnectionsMax + limits.platformQueueMax;

  const read = (reply: Reply) => readAnswer(reply, limits.coverageEntriesMax);
  const send = async <T>(call: Call, readReply: (reply: Reply) => T): Promise<T | Answer> => {
    const started = performance.now();
    const url = new URL(call.url);
    const origin = originOf(url);
    if (origin.waiting >= inFlightMax) {
      return missing('REFUSED', 'PLATFORM_REFUSED', `${inFlightMax} calls wait for this platform already`, 0);
    }
    origin.waiting++;
    const timeout = AbortSignal.timeout(Math.max(1, Math.floor(call.deadlineMs)));
    try {
      const response = await origin.pool.request({
        path: url.pathname + url.search,
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...call.headers },
        body: call.body,
        signal: AbortSignal.any([call.signal, timeout]),
      });
      const body = await readBody(response.body, limits.platformResponseBytesMax);
      return readReply({ status: response.statusCode, body, elapsedMs: elapsed(started) });
    } catch (error) {
      return failure(error, timeout.aborted, call.deadlineMs, elapsed(started));
    } finally {
      origin.waiting--;
    }
  };
  return {
    call: (call) => send(call, read),
    callPrinted: (call) => send(call, (reply) => readPrinted(reply) ?? read(reply)),
    async close() {
      await Promise.all([...origins.values()].map(({ pool }) => pool.destroy()));
      origins.clear();
    },
  };
}

const UNREACHABLE_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function failure(error: unknown, timedOut: boolean, deadlineMs: number, elapsedMs: number): Answer {
  if (timedOut) return missing('LATE', 'PLATFORM_LATE', `no answer within ${Math.round(deadlineMs)} ms`, elapsedMs);
  if (error instanceof TooLarge) {
    return missing('NONCONFORMING', 'PLATFORM_FAILED', `the answer is larger than ${error.bytesMax} bytes`, elapsedMs);
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return missing('LATE', 'PLATFORM_LATE', 'the request was given up before the platform answered', elapsedMs);
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (UNREACHABLE_CODES.has(code))
    return missing('UNREACHABLE', 'PLATFORM_UNREACHABLE', 'no connection to the platform', elapsedMs);
  return missing('UNREACHABLE', 'PLATFORM_UNREACHABLE', 'the connection to the platform broke off', elapsedMs);
}

function missing(
  status: Extract<Answer, { kind: 'missing' }>['status'],
  code: ErrorCode,
  reason: string,
  elapsedMs: number,
): Answer {
  return { kind: 'missing', status, code, reason, problems: [], elapsedMs };
}

function elapsed(started: number): number {
  return Math.round(performance.now() - started);
}
