/** One request on its way through the stages: its deadline, its abort signal, and its outcome so far. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { createCancelController } from '../kit/concurrency/cancel-controller.ts';
import type { Caller } from '../model/caller.ts';
import type { RecordedOperation } from '../model/record-entry.ts';
import type { Rights } from '../model/rights.ts';
import type { CancelSignal, Coverage, JsonData } from '../model/validated-operation.ts';

/** A request as the listener gives it. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: Pick<IncomingMessage, 'headers' | 'rawHeaders'>;
  /** Network address of the client, from a trusted proxy if there is one. */
  readonly ip: string;
  readonly body: unknown;
  readonly query: unknown;
  /** The variables of the body with exact numbers; undefined if a double holds all of them. */
  readonly exactVariables?: Readonly<Record<string, unknown>> | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | Buffer;
  /** All parts of a multipart body; `body` is the first of them then. */
  readonly parts?: AsyncIterable<Buffer>;
}

/** When a request was received, by the calendar and by the clock, and from which caller. */
export interface Receipt {
  readonly at: number;
  readonly startedMs: number;
  readonly caller: Caller;
}

/** Characters. */
const OPERATION_NAME_MAX = 128;

export class RequestContext {
  readonly receivedAt: Date;
  readonly startedMs: number;
  readonly caller: Caller;
  readonly requestId: string;
  /** Milliseconds from the start of the deadline to its end. */
  deadlineMs = 0;
  /** Undefined until the caller is identified. */
  rights: Rights | undefined = undefined;
  /** Undefined until an operation is admitted, and if nothing is put on record. */
  operation: RecordedOperation | undefined = undefined;
  /** Name and SHA-256 of the operation, as logs and spans have them; undefined until one is admitted. */
  operationName: string | undefined = undefined;
  operationHash: string | undefined = undefined;
  /** Coverage of every platform that was called, whatever the caller is shown. */
  coverage: Coverage | undefined = undefined;
  /** Undefined without a result; null if a null bubbled up to the root. */
  data: JsonData | null | undefined = undefined;
  /** Codes of the errors in the response, each once. */
  codes: readonly string[] = [];
  readonly #controller = createCancelController();
  readonly #atEnd: (() => void)[] = [];
  #overdue: NodeJS.Timeout | undefined = undefined;

  constructor({ at, startedMs, caller }: Receipt, requestId: string) {
    this.receivedAt = new Date(at);
    this.startedMs = startedMs;
    this.caller = caller;
    this.requestId = requestId;
  }

  /** Aborted when the client leaves, the deadline and its grace are over, or the gateway stops. */
  get signal(): CancelSignal {
    return this.#controller.signal;
  }

  get elapsedMs(): number {
    return performance.now() - this.startedMs;
  }

  /** `deadlineMs` counts from the receipt of the request. At least 1 ms is left. */
  startDeadline(deadlineMs: number, graceMs: number): void {
    this.deadlineMs = Math.max(1, deadlineMs - this.elapsedMs);
    this.#overdue = setTimeout(() => this.abort(), this.deadlineMs + graceMs);
  }

  /** A name may be as long as the text: a longer one is cut. */
  identifyOperation(name: string | undefined, hash: string): void {
    this.operationName = name?.slice(0, OPERATION_NAME_MAX);
    this.operationHash = hash;
  }

  abort(): void {
    this.#controller.abort();
  }

  /** Calls `listener` when the response is complete, whether the request succeeds or not. */
  onEnd(listener: () => void): void {
    this.#atEnd.push(listener);
  }

  end(): void {
    clearTimeout(this.#overdue);
    for (const listener of this.#atEnd) listener();
  }
}
