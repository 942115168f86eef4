/** What a platform is asked, and its answer, which may have both data and problems: a value, and never thrown. */

import type { ErrorCode, Path } from '../errors.ts';
import type { CoverageStatus } from '../validated-operation.ts';
import type { RouteTarget } from './network.ts';
import type { GatewayCoverage } from './upstream.ts';

export interface PlatformRequest {
  readonly url: string;
  /** Undefined for a subgraph with a plain address, which gets no passport. */
  readonly target: Pick<RouteTarget, 'platform' | 'owns'> | undefined;
  /** The logical subgraph, of those that the server serves, that the query is for. */
  readonly subgraph: string;
  /** JSON text: the query and its variables. */
  readonly body: string;
  /** True for a mutation: it is sent once, and shared with no other caller. */
  readonly isMutation: boolean;
  /** True if the data may have numbers that a double cannot hold. Default: false. */
  readonly isExact?: boolean;
}

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

export type MissingAnswer = Extract<PlatformAnswer, { kind: 'missing' }>;

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

/** What tracing is told of a call. */
export interface TracedCall {
  /** Id of the platform; undefined for a subgraph with a plain address. */
  readonly platform: string | undefined;
  readonly division: string | undefined;
  readonly subgraph: string;
  readonly url: string;
}

/** Tracing as a call sees it. */
export interface CallTrace {
  /** Names and values of headers alternate: the W3C trace context. */
  readonly headers: readonly string[];
  /** Called for each attempt to send the request. An identical request in flight is joined without one. */
  onAttempt(): void;
}

/** Runs a call in a span that ends with its answer. */
export type TraceCall = <Answer extends PlatformAnswer | RawData>(
  call: TracedCall,
  run: (trace: CallTrace) => Promise<Answer>,
) => Promise<Answer>;
