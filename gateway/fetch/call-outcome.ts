/** Outcome of one HTTP request to a platform → answer, if the platform sent no response. */
import type { ErrorCode } from '../model/errors.ts';
import type { MissingAnswer } from '../model/platform/platform-answer.ts';

export interface PlatformResponse {
  readonly kind: 'response';
  readonly status: number;
  /** Decompressed, in UTF-8; empty if it could not be decoded. */
  readonly body: Buffer;
  /** Why the body could not be decoded; undefined if it could. */
  readonly decodeError: string | undefined;
  /** The version of the reference data that the body consists of, as the platform sent it. */
  readonly referenceVersion: string | undefined;
  /** Milliseconds of the clock when the request went out. */
  readonly sentAt: number;
}

export type CallOutcome =
  | PlatformResponse
  /** No connection could be opened. */
  | { readonly kind: 'unreachable' }
  /** The connection ended before the response did. */
  | {
      readonly kind: 'connection-reset';
      /**
       * True if a reused connection ended without a response: the server may have closed it before the request arrived.
       */
      readonly isStale: boolean;
    }
  | { readonly kind: 'too-large'; readonly bytesMax: number }
  /** The request was not sent. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'late'; readonly deadlineMs: number }
  | { readonly kind: 'aborted' };

export type OnOutcome = (outcome: CallOutcome) => void;

/**
 * Why a request is cancelled: its deadline has passed, no caller waits for it any more, or another endpoint was faster.
 */
export type CancelReason = 'late' | 'aborted' | 'superseded';

export function toMissingAnswer(outcome: Exclude<CallOutcome, { kind: 'response' }>, elapsedMs: number): MissingAnswer {
  switch (outcome.kind) {
    case 'unreachable':
      return createMissingAnswer('UNREACHABLE', 'PLATFORM_UNREACHABLE', 'no connection to the platform', elapsedMs);
    case 'connection-reset':
      return createMissingAnswer(
        'UNREACHABLE',
        'PLATFORM_UNREACHABLE',
        'the connection to the platform was reset',
        elapsedMs,
      );
    case 'too-large':
      return createMissingAnswer(
        'NONCONFORMING',
        'PLATFORM_FAILED',
        `the answer is larger than ${outcome.bytesMax} bytes`,
        elapsedMs,
      );
    case 'refused':
      return createMissingAnswer('REFUSED', 'PLATFORM_REFUSED', outcome.reason, elapsedMs);
    case 'late':
      return createMissingAnswer(
        'LATE',
        'PLATFORM_LATE',
        `no answer within ${Math.round(outcome.deadlineMs)} ms`,
        elapsedMs,
      );
    case 'aborted':
      return createMissingAnswer(
        'LATE',
        'PLATFORM_LATE',
        'the request was aborted before the platform answered',
        elapsedMs,
      );
  }
}

function createMissingAnswer(
  status: MissingAnswer['status'],
  code: ErrorCode,
  reason: string,
  elapsedMs: number,
): MissingAnswer {
  return { kind: 'missing', status, code, reason, problems: [], elapsedMs };
}
