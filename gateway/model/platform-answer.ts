/** The answer of one platform. It may have both data and problems, so it is a value and never thrown. */

import type { ErrorCode, Path } from './errors.ts';
import type { GatewayCoverage } from './upstream.ts';
import type { CoverageStatus } from './validated-operation.ts';

/** An error in the response of a platform; its path is that of the platform's response. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: Path | undefined;
  readonly extensions: Readonly<Record<string, unknown>>;
}

export type PlatformAnswer =
  | {
      readonly kind: 'answered';
      readonly data: Readonly<Record<string, unknown>>;
      readonly problems: readonly Problem[];
      /** Coverage of the platforms below, if the platform is a gateway; `malformed` if it cannot be parsed. */
      readonly coverage?: GatewayCoverage | 'malformed' | undefined;
      /** Version of the reference data; undefined if the answer holds any other data. */
      readonly reference?: string | undefined;
      /**
       * `performance.now()` when the request was sent, which may be before the call if calls share the request. The
       * data may be as old as that.
       */
      readonly sentAt: number;
      readonly elapsedMs: number;
    }
  | {
      readonly kind: 'missing';
      readonly status: Exclude<CoverageStatus, 'OK' | 'STALE'>;
      readonly code: ErrorCode;
      readonly reason: string;
      /** True if the platform rejected the passport: cached data may not replace what it denies. */
      readonly isDenied?: true;
      readonly problems: readonly Problem[];
      readonly elapsedMs: number;
    };

/** An answer without problems that is passed through unparsed. */
export interface RawData {
  readonly kind: 'raw';
  /** The JSON text of `data`, an object. */
  readonly data: Buffer;
  readonly elapsedMs: number;
}

/**
 * Finds `data` in a response that has nothing else and can be passed through. Returns undefined if it must be parsed.
 */
export interface RawDataExtractor {
  extract(body: Buffer): Buffer | undefined;
  /** As `extract` for a large body: yields to pause whenever `isDue` returns true. */
  extractCooperatively(body: Buffer, isDue: () => boolean): Generator<void, Buffer | undefined>;
}
