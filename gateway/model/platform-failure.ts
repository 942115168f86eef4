/** What a platform did that an operator has to know of: for the log, and never for callers. */
import type { ErrorCode, Path } from './errors.ts';
import type { CoverageStatus, ValidatedOperation } from './validated-operation.ts';

export interface PlatformFailure {
  /** Its id in the directory, or the name of a subgraph with a plain address; undefined for a value of which nobody knows any more whose it was. */
  readonly platform: string | undefined;
  readonly status: Exclude<CoverageStatus, 'OK' | 'STALE'>;
  readonly code: ErrorCode;
  /** Where a value was not as expected, what was expected, and never the value; otherwise in the platform's own words where it gave any. */
  readonly reason: string;
  /** In the answer. */
  readonly path: Path;
  readonly elapsedMs?: number | undefined;
}

/** An operation that met with a failure. */
export type OnPlatformFailure = (failure: PlatformFailure, requestId: string) => void;

/** Undefined where nobody wants to know. What an operation misses that was given up is no failure. */
export function createFailureListener(
  { requestId, signal }: Pick<ValidatedOperation, 'requestId' | 'signal'>,
  onPlatformFailure: OnPlatformFailure | undefined,
): ((failure: PlatformFailure) => void) | undefined {
  if (!onPlatformFailure) return undefined;
  return (failure) => {
    if (!signal.aborted) onPlatformFailure(failure, requestId);
  };
}
