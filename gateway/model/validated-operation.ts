/** An operation before and after validation, and its result. */
import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import type { Caller } from './caller.ts';
import type { Rights } from './rights.ts';

/** The schema of one audience: validation, introspection and suggestions use it. */
export interface View {
  /** The audience, or `all` without a policy; a part of cache keys. */
  readonly name: string;
  readonly schema: GraphQLSchema;
}

/** An operation as its client sent it: parsed and not yet checked. */
export interface OperationRequest {
  readonly document: DocumentNode;
  /** SHA-256 of the text. */
  readonly hash: string;
  readonly operationName: string | undefined;
  /** Variables as JavaScript reads them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same with exact numbers (see `kit/json/exact-numbers.ts`); undefined if `variables` has all their digits. */
  readonly exactVariables?: Readonly<Record<string, unknown>> | undefined;
  readonly view: View;
  readonly rights: Rights;
  /** Whose turn the operation takes while it waits. Operations without a caller share one. */
  readonly caller?: Caller;
  /** Share of platforms that must answer: 0 for `partial`, 1 for `complete`. */
  readonly completeness: number;
  /** True if coverage lists platforms that answered, too. */
  readonly explainCoverage: boolean;
  /** Milliseconds from the start to the end of the response. */
  readonly deadlineMs: number;
  readonly requestId: string;
  /** True if the client accepts incremental delivery. Default: false. */
  readonly isIncremental?: boolean;
  /** Number of gateways that the operation came through. Default: 0. */
  readonly hops?: number;
  /** Headers of the client for subgraphs with a plain address; platforms get a passport instead. */
  readonly forwarded?: ForwardedHeaders | undefined;
  readonly signal: CancelSignal;
}

/** An operation that is valid in its view and within limits. */
export interface ValidatedOperation extends OperationRequest {
  /** The part that the view does not answer itself. */
  readonly document: DocumentNode;
  /** Variables for subgraphs: as the client sent them, with exact numbers. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Variables for the gateway's own reading of arguments. */
  readonly coerced: Readonly<Record<string, unknown>>;
  /** The view's answer to questions about the schema; undefined if there are none. */
  readonly schemaAnswer?: SchemaAnswer | undefined;
}

export interface SchemaAnswer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[];
  /** Response keys of the root in the client's order; empty if the view answers all of them. */
  readonly order: readonly string[];
}

/** Headers of a request that are forwarded to subgraphs. */
export interface ForwardedHeaders {
  /** Names and values alternate. */
  readonly rawHeaders: readonly string[];
  /** Equal for equal headers, and only for those. */
  readonly key: string;
}

export type CoverageStatus = 'OK' | 'LATE' | 'FAILED' | 'REFUSED' | 'UNREACHABLE' | 'NONCONFORMING' | 'STALE';

/** Signals that an operation is aborted. */
export interface CancelSignal {
  readonly aborted: boolean;
  /** Returns what removes the listener. A signal that is aborted already never calls it. */
  onAbort(listener: () => void): () => void;
}

/** What an operation has used so far. */
export interface OperationUsage {
  /** Calls to platforms. */
  calls: number;
  /** Bytes of their responses. */
  bytes: number;
  /** Bytes of data written for the client, over all incremental results. */
  serializedBytes: number;
  serializedRows: number;
}

export interface CoverageEntry {
  readonly platform: string;
  /** The part that it was asked for, of a field that platforms of several subgraphs answer. */
  readonly subgraph?: string;
  readonly division: string;
  readonly status: CoverageStatus;
  readonly elapsedMs: number;
  readonly path: readonly (string | number)[];
  readonly reason?: string;
}

export interface Coverage {
  /** Calls to platforms. */
  readonly asked: number;
  readonly answered: number;
  /** True if every call was answered and every division has a platform. */
  readonly complete: boolean;
  readonly platforms: readonly CoverageEntry[];
  /** Divisions that have no platform in the directory, `unservedMax` at most; absent if there are none. */
  readonly unserved?: readonly string[];
}

/** The data of a response as JSON text in UTF-8. */
export interface JsonData {
  readonly bytes: Buffer;
  /** Objects in lists, and root objects that are not pages; undefined if the data was passed through unparsed. */
  readonly rows: number | undefined;
  /** The body of a response with this data and nothing else, if there is one: `bytes` is a part of it. */
  readonly responseBody?: Buffer | undefined;
}

export interface EngineResult {
  readonly data: JsonData | null;
  readonly errors: readonly GraphQLError[];
  readonly coverage: Coverage | undefined;
  /** Statistics without the groups that are withheld from the open audience. */
  readonly withheld?: readonly Withheld[];
  /**
   * Results of deferred fragments; the last one has coverage and withheld groups. Absent without incremental delivery.
   */
  readonly subsequentResults?: AsyncIterable<IncrementalResult>;
}

/** A statistic for the public: without groups of fewer than `below`, and in multiples of `roundedTo`. */
export interface Withheld {
  readonly path: readonly (string | number)[];
  readonly below: number;
  readonly roundedTo: number;
}

/** The results of one or more deferred fragments. */
export interface IncrementalResult extends Pick<EngineResult, 'coverage' | 'withheld'> {
  readonly payloads: readonly IncrementalPayload[];
  readonly hasNext: boolean;
}

/** The result of a deferred fragment at one object of the response. */
export interface IncrementalPayload extends Pick<EngineResult, 'data' | 'errors'> {
  /** The label of the client, if it gave one. */
  readonly label: string | undefined;
  /** Path of the object. */
  readonly path: readonly (string | number)[];
}
