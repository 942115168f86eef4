/** One address → a pool of connections to it: the door to undici. An exchange is one request and its whole response, as bytes. */
import { REFERENCE_HEADER } from '@yiwang/schema';
import { Client, type Dispatcher, Pool } from 'undici';
import type { Limits } from '../model/limits.ts';
import { AS_IT_IS, bodyCodingOf, decodeBody } from './decode-body.ts';
import type { Done, Outcome } from './outcome.ts';

/** `fresh`: one that was never used before, since what was kept may have been closed at the other end. */
export type ConnectionKind = 'kept' | 'fresh';

export interface Line {
  /** `done` is called once with what became of the exchange; not at all where it is ended before. */
  send(headers: string[], body: string, connection: ConnectionKind, done: Done): Exchange;
  close(): Promise<void>;
}

export interface Exchange {
  /** Lets go of it, and of its connection where it is under way. */
  end(): void;
}

type LineLimits = Pick<Limits, 'platformConnectMs' | 'platformConnectionsMax' | 'platformResponseBytesMax'>;

/** `now`: milliseconds of the gateway's clock. Throws a `TypeError` for what is no URL. */
export function openLine(address: string, limits: LineLimits, now: () => number): Line {
  const url = new URL(address);
  const path = url.pathname + url.search;
  const authorization = basicAuthorizationOf(url);
  // Whoever waits for an exchange ends it in time: undici's own clocks would only cost.
  const openPool = (): Pool =>
    new Pool(url.origin, {
      connections: limits.platformConnectionsMax,
      connectTimeout: limits.platformConnectMs,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      factory: (origin, options: Client.Options) => new Connection(origin, options),
    });
  const kept = openPool();
  /** Closes each connection after its first exchange. */
  let fresh: Pool | undefined;
  return {
    send(headers, body, connection, done) {
      const exchange = new PoolExchange(limits.platformResponseBytesMax, now(), done);
      const request: ExchangeOptions = { path, method: 'POST', headers, body, reset: connection === 'fresh', exchange };
      if (authorization !== undefined && !hasAuthorization(headers)) headers.push('authorization', authorization);
      if (connection === 'kept') kept.dispatch(request, exchange);
      else {
        fresh ??= openPool();
        fresh.dispatch(request, exchange);
      }
      return exchange;
    },
    close: async () => void (await Promise.all([kept.destroy(), fresh?.destroy()])),
  };
}

/** User and password of a URL are what HTTP calls Basic (RFC 7617). */
function basicAuthorizationOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const credentials = `${plainText(username)}:${plainText(password)}`;
  return `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`;
}

/** As it is, where a `%` in it begins no escape. */
function plainText(escaped: string): string {
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
const ENDED = new Error('nobody waits for the answer any more');
/** From this size on the body goes to one place as it arrives, in place of being put together at the end. */
const PLACED_BYTES = 65_536;

interface ExchangeOptions extends Dispatcher.DispatchOptions {
  readonly exchange: PoolExchange;
}

/** One of a pool, at whose other end another socket may be after a while. */
class Connection extends Client {
  /** Over the socket that it has. */
  exchanges = 0;

  constructor(origin: URL, options: Client.Options) {
    super(origin, options);
    this.on('connect', () => {
      this.exchanges = 0;
    });
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if ('exchange' in options && options.exchange instanceof PoolExchange) options.exchange.connection = this;
    return super.dispatch(options, handler);
  }
}

/** A handler of undici is called through its methods; one object with all of them is its fastest form. */
class PoolExchange implements Dispatcher.DispatchHandler, Exchange {
  /** On which it goes out; set by that connection. */
  connection: Connection | undefined;
  readonly #bytesMax: number;
  readonly #sentAt: number;
  #done: Done | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #isOver = false;
  /** True where others went over its connection before. */
  #isKept = false;
  /** 0 before the response begins. */
  #status = 0;
  #bytes = 0;
  #reference: string | undefined;
  #coding = AS_IT_IS;
  #chunks: Buffer[] = [];
  #place: Buffer | undefined;

  constructor(bytesMax: number, sentAt: number, done: Done) {
    this.#bytesMax = bytesMax;
    this.#sentAt = sentAt;
    this.#done = done;
  }

  end(): void {
    if (this.#isOver) return;
    const controller = this.#controller;
    this.#let();
    controller?.abort(ENDED);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.connection) this.#isKept = this.connection.exchanges++ > 0;
    if (this.#isOver) controller.abort(ENDED);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, unknown>>,
  ): void {
    this.#status = status;
    this.#reference = referenceOf(headers[REFERENCE_HEADER]);
    this.#coding = bodyCodingOf(headers);
    const bytes = Number(headers['content-length']);
    if (bytes > this.#bytesMax) this.#refuse(controller);
    else if (bytes > PLACED_BYTES) this.#place = Buffer.allocUnsafeSlow(bytes);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver) return;
    const from = this.#bytes;
    this.#bytes += chunk.length;
    if (this.#bytes > this.#bytesMax) this.#refuse(controller);
    else if (this.#place) chunk.copy(this.#place, from);
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
    const body = this.#place ?? (this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks));
    decodeBody(body, this.#coding, this.#bytesMax, (decoded) => {
      if (decoded.kind === 'text') this.#reply(decoded.body, undefined);
      else if (decoded.kind === 'unreadable') this.#reply(NO_BYTES, decoded.because);
      else this.#finish({ kind: 'too-large', bytesMax: this.#bytesMax });
    });
  }

  #reply(body: Buffer, unreadable: string | undefined): void {
    const status = this.#status;
    this.#finish({ kind: 'reply', status, body, unreadable, reference: this.#reference, sentAt: this.#sentAt });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const code = 'code' in error ? String(error.code) : '';
    const isStale = this.#isKept && this.#status === 0;
    this.#finish(UNREACHABLE_CODES.has(code) ? { kind: 'unreachable' } : { kind: 'broken-off', isStale });
  }

  #refuse(controller: Dispatcher.DispatchController): void {
    this.#finish({ kind: 'too-large', bytesMax: this.#bytesMax });
    controller.abort(ENDED);
  }

  #finish(outcome: Outcome): void {
    if (this.#isOver) return;
    const done = this.#done;
    this.#let();
    done?.(outcome);
  }

  /** A connection may hold on to its last exchange: what came of it is not to stay with it. */
  #let(): void {
    this.#isOver = true;
    this.#chunks = [];
    this.#place = undefined;
    this.#controller = undefined;
    this.connection = undefined;
    this.#done = undefined;
  }
}

/** Undefined for what is no version. */
function referenceOf(header: unknown): string | undefined {
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
