/** What one platform came to. Data and problems can both be present, so nothing is thrown. */

import type { ErrorCode, Path } from './errors.ts';
import type { GatewayCoverage } from './upstream.ts';
import type { CoverageStatus } from './validated-operation.ts';

/** An error that a platform reported in its answer; the path is the platform's own. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: Path | undefined;
  /** The extensions of the error as the platform sent them. */
  readonly extensions: Readonly<Record<string, unknown>>;
}

export type PlatformAnswer =
  | {
      readonly kind: 'answered';
      readonly data: Readonly<Record<string, unknown>>;
      readonly problems: readonly Problem[];
      /** What a gateway that answered for several platforms says of them; `malformed` where it cannot be read. */
      readonly coverage?: GatewayCoverage | 'malformed' | undefined;
      /** The version of the reference data that it consists of; undefined where there is other data in it. */
      readonly reference?: string | undefined;
      /**
       * Milliseconds of `performance.now()` when the request went out that was answered: where it is shared by several calls, before
       * some of them were made. What the answer says may be as old as that.
       */
      readonly sentAt: number;
      readonly elapsedMs: number;
    }
  | {
      readonly kind: 'missing';
      readonly status: Exclude<CoverageStatus, 'OK' | 'STALE'>;
      readonly code: ErrorCode;
      readonly reason: string;
      /** True where the platform itself refused the passport: nothing that is kept may be shown in place of what it denies. */
      readonly isDenied?: true;
      readonly problems: readonly Problem[];
      readonly elapsedMs: number;
    };

/** An answer without a problem, left as it was sent. */
export interface RawData {
  readonly kind: 'raw';
  /** JSON text of `data`, an object. */
  readonly data: Buffer;
  readonly elapsedMs: number;
}

/** Finds `data` in the text of an answer that holds nothing else, and can go out as it is; undefined where it has to be read. */
export interface RawDataExtractor {
  extract(body: Buffer): Buffer | undefined;
  /** The same for a big answer, with a pause whenever `isDue` says so: each yield is one. */
  extractCooperatively(body: Buffer, isDue: () => boolean): Generator<void, Buffer | undefined>;
}
