/** One request on its way through the stages: what came, how long it may take, and what has become of it so far. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { createCancelController } from '../kit/concurrency/cancel-controller.ts';
import type { Caller } from '../model/caller.ts';
import type { RecordedOperation } from '../model/record-entry.ts';
import type { Rights } from '../model/rights.ts';
import type { CancelSignal, Coverage, JsonData } from '../model/validated-operation.ts';

/** A request as the listener has it. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: Pick<IncomingMessage, 'headers' | 'rawHeaders'>;
  /** Network address of the client, by the word of a trusted proxy if it came through one. */
  readonly ip: string;
  readonly body: unknown;
  readonly query: unknown;
  /** The variables of the body with all digits of their numbers; undefined if JavaScript's own numbers have them. */
  readonly exactVariables?: Readonly<Record<string, unknown>> | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | Buffer;
  /** The whole body as it goes out, if it goes out in parts: `body` is the first of them. */
  readonly parts?: AsyncIterable<Buffer>;
}

/** When a request came, in milliseconds of the calendar and of the clock, and from whom. */
export interface Receipt {
  readonly at: number;
  readonly startedMs: number;
  readonly caller: Caller;
}

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
  /** Name and SHA-256 of the operation; undefined until one is admitted. */
  operationName: string | undefined = undefined;
  operationHash: string | undefined = undefined;
  /** Of every platform that was called, whatever the caller is shown. */
  coverage: Coverage | undefined = undefined;
  /** Undefined if the request came to no data; null if a null bubbled up to the root. */
  data: JsonData | null | undefined = undefined;
  /** Of the errors in the response, each once. */
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

  /** `deadlineMs` counts from the arrival of the request; 1 ms is left at least. */
  startDeadline(deadlineMs: number, graceMs: number): void {
    this.deadlineMs = Math.max(1, deadlineMs - this.elapsedMs);
    this.#overdue = setTimeout(() => this.abort(), this.deadlineMs + graceMs);
  }

  abort(): void {
    this.#controller.abort();
  }

  /** Calls `listener` when the response is complete, whatever became of the request. */
  onEnd(listener: () => void): void {
    this.#atEnd.push(listener);
  }

  end(): void {
    clearTimeout(this.#overdue);
    for (const listener of this.#atEnd) listener();
  }
}
