/** One address → a pool of connections to it: the door to undici. An exchange is one request and its whole response, as bytes. */
import { REFERENCE_VERSION_HEADER } from '@yiwang/schema';
import { Client, type Dispatcher, Pool } from 'undici';
import type { Limits } from '../../model/limits.ts';
import type { CallOutcome, OnOutcome } from '../call-outcome.ts';
import { decodeBody, IDENTITY_CODING, parseBodyCoding } from './decode-body.ts';

/** `fresh`: one that was never used before, since what was kept may have been closed at the other end. */
export type ConnectionKind = 'reused' | 'fresh';

export interface ConnectionPool {
  /** `done` is called once with what became of the exchange; not at all where it is ended before. */
  send(headers: string[], body: string, connection: ConnectionKind, done: OnOutcome): HttpExchange;
  close(): Promise<void>;
}

export interface HttpExchange {
  /** Lets go of it, and of its connection where it is under way. */
  cancel(): void;
}

type ConnectionPoolLimits = Pick<Limits, 'platformConnectMs' | 'platformConnectionsMax' | 'platformResponseBytesMax'>;

/** `now`: milliseconds of the gateway's clock. Throws a `TypeError` for what is no URL. */
export function openConnectionPool(address: string, limits: ConnectionPoolLimits, now: () => number): ConnectionPool {
  const url = new URL(address);
  const path = url.pathname + url.search;
  const authorization = createBasicAuthorization(url);
  // Whoever waits for an exchange ends it in time: undici's own clocks would only cost.
  const openPool = (): Pool =>
    new Pool(url.origin, {
      connections: limits.platformConnectionsMax,
      connectTimeout: limits.platformConnectMs,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      factory: (origin, options: Client.Options) => new PooledConnection(origin, options),
    });
  const reusedPool = openPool();
  /** Closes each connection after its first exchange. */
  let freshPool: Pool | undefined;
  return {
    send(headers, body, connection, done) {
      const exchange = new UndiciExchange(limits.platformResponseBytesMax, now(), done);
      const request: ExchangeOptions = { path, method: 'POST', headers, body, reset: connection === 'fresh', exchange };
      if (authorization !== undefined && !hasAuthorization(headers)) headers.push('authorization', authorization);
      if (connection === 'reused') reusedPool.dispatch(request, exchange);
      else {
        freshPool ??= openPool();
        freshPool.dispatch(request, exchange);
      }
      return exchange;
    },
    close: async () => void (await Promise.all([reusedPool.destroy(), freshPool?.destroy()])),
  };
}

/** User and password of a URL are what HTTP calls Basic (RFC 7617). */
function createBasicAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const credentials = `${decodeUserInfo(username)}:${decodeUserInfo(password)}`;
  return `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`;
}

/** As it is, where a `%` in it begins no escape. */
function decodeUserInfo(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}

/** What was forwarded of the client goes before what the address says. */
function hasAuthorization(headers: readonly string[]): boolean {
  return headers.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'authorization');
}

const NO_BYTES = Buffer.alloc(0);
const CANCELLED = new Error('nobody waits for the answer any more');
/** From this size on the body goes to one place as it arrives, in place of being put together at the end. */
const PREALLOCATED_BYTES_MIN = 65_536;

interface ExchangeOptions extends Dispatcher.DispatchOptions {
  readonly exchange: UndiciExchange;
}

/** One of a pool, at whose other end another socket may be after a while. */
class PooledConnection extends Client {
  /** Over the socket that it has. */
  exchanges = 0;

  constructor(origin: URL, options: Client.Options) {
    super(origin, options);
    this.on('connect', () => {
      this.exchanges = 0;
    });
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if ('exchange' in options && options.exchange instanceof UndiciExchange) options.exchange.connection = this;
    return super.dispatch(options, handler);
  }
}

/** A handler of undici is called through its methods; one object with all of them is its fastest form. */
class UndiciExchange implements Dispatcher.DispatchHandler, HttpExchange {
  /** On which it goes out; set by that connection. */
  connection: PooledConnection | undefined;
  readonly #bytesMax: number;
  readonly #sentAt: number;
  #onOutcome: OnOutcome | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #isOver = false;
  /** True where others went over its connection before. */
  #isReused = false;
  /** 0 before the response begins. */
  #status = 0;
  #bytes = 0;
  #reference: string | undefined;
  #coding = IDENTITY_CODING;
  #chunks: Buffer[] = [];
  #preallocated: Buffer | undefined;

  constructor(bytesMax: number, sentAt: number, done: OnOutcome) {
    this.#bytesMax = bytesMax;
    this.#sentAt = sentAt;
    this.#onOutcome = done;
  }

  cancel(): void {
    if (this.#isOver) return;
    const controller = this.#controller;
    this.#releaseAll();
    controller?.abort(CANCELLED);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.connection) this.#isReused = this.connection.exchanges++ > 0;
    if (this.#isOver) controller.abort(CANCELLED);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, unknown>>,
  ): void {
    this.#status = status;
    this.#reference = parseReferenceVersion(headers[REFERENCE_VERSION_HEADER]);
    this.#coding = parseBodyCoding(headers);
    const bytes = Number(headers['content-length']);
    if (bytes > this.#bytesMax) this.#refuse(controller);
    else if (bytes > PREALLOCATED_BYTES_MIN) this.#preallocated = Buffer.allocUnsafeSlow(bytes);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver) return;
    const from = this.#bytes;
    this.#bytes += chunk.length;
    if (this.#bytes > this.#bytesMax) this.#refuse(controller);
    else if (this.#preallocated) chunk.copy(this.#preallocated, from);
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
    const body = this.#preallocated ?? (this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks));
    decodeBody(body, this.#coding, this.#bytesMax, (decoded) => {
      if (decoded.kind === 'text') this.#reply(decoded.body, undefined);
      else if (decoded.kind === 'unreadable') this.#reply(NO_BYTES, decoded.reason);
      else this.#finish({ kind: 'too-large', bytesMax: this.#bytesMax });
    });
  }

  #reply(body: Buffer, unreadable: string | undefined): void {
    const status = this.#status;
    this.#finish({ kind: 'reply', status, body, unreadable, reference: this.#reference, sentAt: this.#sentAt });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const code = 'code' in error ? String(error.code) : '';
    const isStale = this.#isReused && this.#status === 0;
    this.#finish(UNREACHABLE_CODES.has(code) ? { kind: 'unreachable' } : { kind: 'connection-reset', isStale });
  }

  #refuse(controller: Dispatcher.DispatchController): void {
    this.#finish({ kind: 'too-large', bytesMax: this.#bytesMax });
    controller.abort(CANCELLED);
  }

  #finish(outcome: CallOutcome): void {
    if (this.#isOver) return;
    const done = this.#onOutcome;
    this.#releaseAll();
    done?.(outcome);
  }

  /** A connection may hold on to its last exchange: what came of it is not to stay with it. */
  #releaseAll(): void {
    this.#isOver = true;
    this.#chunks = [];
    this.#preallocated = undefined;
    this.#controller = undefined;
    this.connection = undefined;
    this.#onOutcome = undefined;
  }
}

/** Undefined for what is no version. */
function parseReferenceVersion(header: unknown): string | undefined {
  return typeof header === 'string' && /^[\w.:-]{1,64}$/.test(header) ? header : undefined;
}

const UNREACHABLE_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);
