/** A platform request with what a call of it needs: the operation's context, its times and its passport. */
import type { CallTrace, PlatformRequest } from '../model/platform/platform-answer.ts';
import type { CancelSignal, OperationUsage, ValidatedOperation } from '../model/validated-operation.ts';
import type { SharingScope } from './request-deduplicator.ts';

/** The part of an operation's run that a call reads and updates. */
export interface CallContext {
  readonly operation: Pick<ValidatedOperation, 'rights' | 'requestId' | 'hops' | 'caller' | 'forwarded'>;
  /** Milliseconds of the clock by which the answer is due. */
  readonly dueAt: number;
  readonly signal: CancelSignal;
  readonly usage: Pick<OperationUsage, 'calls' | 'bytes'>;
}

export interface ScheduledRequest {
  readonly request: PlatformRequest;
  readonly context: CallContext;
  /** Milliseconds of the clock. */
  readonly startedAt: number;
  readonly dueAt: number;
  readonly scope: SharingScope;
  readonly passport: ReadPassport | undefined;
  /** Undefined without tracing. */
  readonly trace: CallTrace | undefined;
}

/**
 * Returns a passport that is good for the whole call, however long the call waited; a promise while it is being signed.
 */
export type ReadPassport = () => string | Promise<string>;
