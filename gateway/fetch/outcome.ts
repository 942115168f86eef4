/** What became of one HTTP exchange, and how that reads as an answer. */
import type { Answer } from '../model/answer.ts';
import type { ErrorCode } from '../model/errors.ts';

export type Outcome =
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
      readonly kind: 'broken-off';
      /** True where a connection kept from before ended without a response: it may have been closed at the other end by then. */
      readonly isStale: boolean;
    }
  | { readonly kind: 'too-large'; readonly bytesMax: number }
  /** Not sent at all. */
  | { readonly kind: 'refused'; readonly because: string }
  | { readonly kind: 'late'; readonly deadlineMs: number }
  | { readonly kind: 'given-up' };

export type Done = (outcome: Outcome) => void;

export type Missing = Extract<Answer, { kind: 'missing' }>;

export function missingOf(outcome: Exclude<Outcome, { kind: 'reply' }>, elapsedMs: number): Missing {
  switch (outcome.kind) {
    case 'unreachable':
      return missing('UNREACHABLE', 'PLATFORM_UNREACHABLE', 'no connection to the platform', elapsedMs);
    case 'broken-off':
      return missing('UNREACHABLE', 'PLATFORM_UNREACHABLE', 'the connection to the platform broke off', elapsedMs);
    case 'too-large':
      return missing(
        'NONCONFORMING',
        'PLATFORM_FAILED',
        `the answer is larger than ${outcome.bytesMax} bytes`,
        elapsedMs,
      );
    case 'refused':
      return missing('REFUSED', 'PLATFORM_REFUSED', outcome.because, elapsedMs);
    case 'late':
      return missing('LATE', 'PLATFORM_LATE', `no answer within ${Math.round(outcome.deadlineMs)} ms`, elapsedMs);
    case 'given-up':
      return missing('LATE', 'PLATFORM_LATE', 'the request was given up before the platform answered', elapsedMs);
  }
}

function missing(status: Missing['status'], code: ErrorCode, reason: string, elapsedMs: number): Missing {
  return { kind: 'missing', status, code, reason, problems: [], elapsedMs };
}
