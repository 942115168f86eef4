/** Failures of platforms for the log of the operator. Callers never see them. */
import type { ErrorCode, Path } from '../errors.ts';
import type { CoverageStatus, ValidatedOperation } from '../validated-operation.ts';

export interface PlatformFailure {
  /**
   * Id in the directory, or name of a subgraph with a plain address; undefined if the platform of a value is not known.
   */
  readonly platform: string | undefined;
  readonly status: Exclude<CoverageStatus, 'OK' | 'STALE'>;
  readonly code: ErrorCode;
  /** The message of the platform, if it sent one. For a wrong value, what was expected, and never the value. */
  readonly reason: string;
  /** Path in the response. */
  readonly path: Path;
  readonly elapsedMs?: number | undefined;
}

export type OnPlatformFailure = (failure: PlatformFailure, requestId: string) => void;

/** Returns undefined without a listener. After the operation was aborted, missing answers are no failures. */
export function createFailureListener(
  { requestId, signal }: Pick<ValidatedOperation, 'requestId' | 'signal'>,
  onPlatformFailure: OnPlatformFailure | undefined,
): ((failure: PlatformFailure) => void) | undefined {
  if (!onPlatformFailure) return undefined;
  return (failure) => {
    if (!signal.aborted) onPlatformFailure(failure, requestId);
  };
}
