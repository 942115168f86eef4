/** What the pipeline asks of the platform client, and the same with its times. */
import type { Region } from '@yiwang/schema';
import type { PlatformEntry } from '../model/network.ts';
import type { CancelSignal, OperationUsage, ValidatedOperation } from '../model/validated-operation.ts';
import type { SharingScope } from './request-deduplicator.ts';

export interface PlatformRequest {
  readonly url: string;
  /** Undefined for a subgraph with a plain address, which gets no passport. */
  readonly target: { readonly platform: PlatformEntry; readonly owns: Region } | undefined;
  readonly subgraph: string;
  /** JSON text of the request: its query and variables. */
  readonly body: string;
  /** True for a mutation: it is sent once, and for one caller alone. */
  readonly isMutation: boolean;
  /** True if the data may hold numbers that a double does not. Default: false. */
  readonly isExact?: boolean;
}

/** The part of an operation's run that a call reads and updates. */
export interface CallContext {
  readonly operation: Pick<ValidatedOperation, 'rights' | 'requestId' | 'hops' | 'caller' | 'forwarded'>;
  /** Milliseconds of the clock by which the answer is due. */
  readonly dueAt: number;
  readonly signal: CancelSignal;
  readonly spent: Pick<OperationUsage, 'calls' | 'bytes'>;
}

export interface ScheduledRequest {
  readonly request: PlatformRequest;
  readonly context: CallContext;
  /** Milliseconds of the clock. */
  readonly startedAt: number;
  readonly dueAt: number;
  readonly scope: SharingScope;
  readonly passport: ReadPassport | undefined;
}

/**
 * Returns a passport that is good for the whole call, however long the call waited; a promise while it is being signed.
 */
export type ReadPassport = () => string | Promise<string>;
