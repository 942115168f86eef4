/** What became of one HTTP exchange, and how that reads as an answer. */

import type { ErrorCode } from '../model/errors.ts';
import type { PlatformAnswer } from '../model/platform-answer.ts';

export type CallOutcome =
  | {
      readonly kind: 'reply';
      readonly status: number;
      /** Decompressed, in UTF-8; empty where it could not be read. */
      readonly body: Buffer;
      /** Why the body could not be read; undefined where it could. */
      readonly unreadable: string | undefined;
      /** The version of the reference data that it consists of, as the platform told it. */
      readonly reference: string | undefined;
      /** Milliseconds of the clock when its request went out. */
      readonly sentAt: number;
    }
  /** No connection came about. */
  | { readonly kind: 'unreachable' }
  /** The connection ended before the answer did. */
  | {
      readonly kind: 'connection-reset';
      /** True where a connection kept from before ended without a response: it may have been closed at the other end by then. */
      readonly isStale: boolean;
    }
  | { readonly kind: 'too-large'; readonly bytesMax: number }
  /** Not sent at all. */
  | { readonly kind: 'refused'; readonly because: string }
  | { readonly kind: 'late'; readonly deadlineMs: number }
  | { readonly kind: 'aborted' };

export type OnOutcome = (outcome: CallOutcome) => void;

export type MissingAnswer = Extract<PlatformAnswer, { kind: 'missing' }>;

export function toMissingAnswer(outcome: Exclude<CallOutcome, { kind: 'reply' }>, elapsedMs: number): MissingAnswer {
  switch (outcome.kind) {
    case 'unreachable':
      return createMissingAnswer('UNREACHABLE', 'PLATFORM_UNREACHABLE', 'no connection to the platform', elapsedMs);
    case 'connection-reset':
      return createMissingAnswer(
        'UNREACHABLE',
        'PLATFORM_UNREACHABLE',
        'the connection to the platform broke off',
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
      return createMissingAnswer('REFUSED', 'PLATFORM_REFUSED', outcome.because, elapsedMs);
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
        'the request was given up before the platform answered',
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
