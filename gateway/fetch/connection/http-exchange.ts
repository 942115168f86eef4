/** One HTTP request → its whole response as decoded bytes, or what went wrong. */
import { REFERENCE_VERSION_HEADER } from '@yiwang/schema';
import type { Dispatcher } from 'undici';
import type { CallOutcome, OnOutcome } from '../call-outcome.ts';
import { decodeBody, IDENTITY_CODING, parseBodyCoding } from './decode-body.ts';

export interface HttpExchange {
  /** Aborts the request if it is in flight. Does nothing if the exchange is over. */
  cancel(): void;
}

/** A connection that counts the exchanges over its socket. */
interface CountedConnection {
  exchanges: number;
}

const NO_BYTES = Buffer.alloc(0);
const CANCELLED = new Error('nobody waits for the answer any more');
/** A longer body is copied into one buffer as it arrives, instead of being concatenated at the end. */
const PREALLOCATED_BYTES_MIN = 65_536;

/** Implements undici's handler itself: one object with all methods is the fastest form. */
export class UndiciExchange implements Dispatcher.DispatchHandler, HttpExchange {
  /** Set by the connection that sends it. */
  connection: CountedConnection | undefined;
  readonly #bytesMax: number;
  readonly #sentAt: number;
  #onOutcome: OnOutcome | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #isOver = false;
  /** True if its connection was used before. */
  #isReused = false;
  /** 0 before the response begins. */
  #status = 0;
  #bytes = 0;
  #referenceVersion: string | undefined;
  #coding = IDENTITY_CODING;
  #chunks: Buffer[] = [];
  #preallocated: Buffer | undefined;

  constructor(bytesMax: number, sentAt: number, onOutcome: OnOutcome) {
    this.#bytesMax = bytesMax;
    this.#sentAt = sentAt;
    this.#onOutcome = onOutcome;
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
    this.#referenceVersion = parseReferenceVersion(headers[REFERENCE_VERSION_HEADER]);
    this.#coding = parseBodyCoding(headers);
    const bytes = Number(headers['content-length']);
    if (bytes > this.#bytesMax) this.#rejectTooLarge(controller);
    else if (bytes > PREALLOCATED_BYTES_MIN) this.#preallocated = Buffer.allocUnsafeSlow(bytes);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver) return;
    const from = this.#bytes;
    this.#bytes += chunk.length;
    if (this.#bytes > this.#bytesMax) this.#rejectTooLarge(controller);
    else if (this.#preallocated) chunk.copy(this.#preallocated, from);
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isOver) return;
    const body = this.#preallocated ?? (this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks));
    decodeBody(body, this.#coding, this.#bytesMax, (decoded) => {
      if (decoded.kind === 'text') this.#respond(decoded.body, undefined);
      else if (decoded.kind === 'unreadable') this.#respond(NO_BYTES, decoded.reason);
      else this.#finish({ kind: 'too-large', bytesMax: this.#bytesMax });
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const code = 'code' in error ? String(error.code) : '';
    const isStale = this.#isReused && this.#status === 0;
    this.#finish(UNREACHABLE_CODES.has(code) ? { kind: 'unreachable' } : { kind: 'connection-reset', isStale });
  }

  #respond(body: Buffer, decodeError: string | undefined): void {
    this.#finish({
      kind: 'response',
      status: this.#status,
      body,
      decodeError,
      referenceVersion: this.#referenceVersion,
      sentAt: this.#sentAt,
    });
  }

  #rejectTooLarge(controller: Dispatcher.DispatchController): void {
    this.#finish({ kind: 'too-large', bytesMax: this.#bytesMax });
    controller.abort(CANCELLED);
  }

  #finish(outcome: CallOutcome): void {
    if (this.#isOver) return;
    const onOutcome = this.#onOutcome;
    this.#releaseAll();
    onOutcome?.(outcome);
  }

  /** undici's connection may hold its last exchange for long, so the exchange must not hold the response. */
  #releaseAll(): void {
    this.#isOver = true;
    this.#chunks = [];
    this.#preallocated = undefined;
    this.#controller = undefined;
    this.connection = undefined;
    this.#onOutcome = undefined;
  }
}

/** Returns undefined if the header is not a version. */
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
