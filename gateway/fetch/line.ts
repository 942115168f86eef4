/** One address → a pool of connections to it: the door to undici. An exchange is one request and its whole response, as bytes. */
import { REFERENCE_HEADER } from '@yiwang/schema';
import { type Dispatcher, Pool } from 'undici';
import type { Limits } from '../model/limits.ts';
import type { Done, Outcome } from './outcome.ts';

export interface Line {
  /** `done` is called once with what became of the exchange; not at all where it is ended before. */
  send(headers: string[], body: string, done: Done): Exchange;
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
  // Whoever waits for an exchange ends it in time: undici's own clocks would only cost.
  const pool = new Pool(url.origin, {
    connections: limits.platformConnectionsMax,
    connectTimeout: limits.platformConnectMs,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    send(headers, body, done) {
      const exchange = new PoolExchange(limits.platformResponseBytesMax, now(), done);
      pool.dispatch({ path, method: 'POST', headers, body }, exchange);
      return exchange;
    },
    close: () => pool.destroy(),
  };
}

const ENDED = new Error('nobody waits for the answer any more');
/** From this size on the body goes to one place as it arrives, in place of being put together at the end. */
const PLACED_BYTES = 65_536;

/** A handler of undici is called through its methods; one object with all of them is its fastest form. */
class PoolExchange implements Dispatcher.DispatchHandler, Exchange {
  readonly #bytesMax: number;
  readonly #sentAt: number;
  #done: Done | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #isOver = false;
  #status = 0;
  #bytes = 0;
  #reference: string | undefined;
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
    if (this.#isOver) controller.abort(ENDED);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, unknown>>,
  ): void {
    this.#status = status;
    this.#reference = referenceOf(headers[REFERENCE_HEADER]);
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
    const body = this.#place ?? (this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks));
    this.#finish({ kind: 'reply', status: this.#status, body, reference: this.#reference, sentAt: this.#sentAt });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const code = 'code' in error ? String(error.code) : '';
    this.#finish({ kind: UNREACHABLE_CODES.has(code) ? 'unreachable' : 'broken-off' });
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
