/** One operation on its way through the pipeline, and what becomes of it. */
import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import type { Caller } from './caller.ts';
import type { Rights } from './rights.ts';

/** One audience's schema: what introspection, validation and suggestions speak of. */
export interface View {
  /** Name of the view, part of cache keys: the audience, or `all` without a policy. */
  readonly name: string;
  readonly schema: GraphQLSchema;
}

/** An operation that was parsed and validated against its view. */
export interface ValidatedOperation {
  readonly document: DocumentNode;
  /** Digest of the text that the document was read from. */
  readonly hash: string;
  readonly operationName: string | undefined;
  /** As sent: numbers that a double does not hold are as in `kit/exact-numbers.ts`. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same, coerced. */
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly view: View;
  readonly rights: Rights;
  /** With whom it takes turns where it has to wait; operations without one are one caller's. */
  readonly caller?: Caller;
  /** The share of platforms that must answer: 0 for `partial`, 1 for `complete`. */
  readonly completeness: number;
  /** True when coverage is to list the platforms that answered, too. */
  readonly explainCoverage: boolean;
  /** Milliseconds from the start within which the whole answer is due. */
  readonly deadlineMs: number;
  readonly requestId: string;
  /** True where the answer may come in parts; absent: it is one. */
  readonly inParts?: boolean;
  /** Gateways that it came through; none where left out. */
  readonly hops?: number;
  /** Of the client, for subgraphs at plain addresses; platforms get a passport in their place. */
  readonly forwarded?: ForwardedHeaders | undefined;
  readonly signal: CancelSignal;
}

/** Headers of a request that go on to subgraphs. */
export interface ForwardedHeaders {
  /** Names and values by turns. */
  readonly rawHeaders: readonly string[];
  /** Equal for requests whose headers here are equal, and for no others. */
  readonly key: string;
}

export type CoverageStatus = 'OK' | 'LATE' | 'FAILED' | 'REFUSED' | 'UNREACHABLE' | 'NONCONFORMING' | 'STALE';

/** Says when an operation is given up. */
export interface CancelSignal {
  readonly aborted: boolean;
  /** Returns what takes the hook away again. On a signal that is aborted already the hook is never called. */
  onAbort(listener: () => void): () => void;
}

/** What an operation has come to so far. */
export interface OperationUsage {
  /** Calls of platforms. */
  calls: number;
  /** Of the answers to them. */
  bytes: number;
  /** Of data written for the client so far, all parts of the answer together. */
  printedBytes: number;
  printedRows: number;
}

export interface CoverageEntry {
  readonly platform: string;
  readonly division: string;
  readonly status: CoverageStatus;
  readonly elapsedMs: number;
  readonly path: readonly (string | number)[];
  readonly reason?: string;
}

export interface Coverage {
  /** Calls of platforms. */
  readonly asked: number;
  readonly answered: number;
  /** True if all that was asked for was answered: every platform that was asked did, and there is one for all of it. */
  readonly complete: boolean;
  readonly platforms: readonly CoverageEntry[];
  /** Divisions asked for that no platform in the directory answers for, `unservedMax` at most; absent where there are none. */
  readonly unserved?: readonly string[];
}

/** The data of an answer as JSON text in UTF-8. */
export interface JsonData {
  readonly bytes: Buffer;
  /** Objects in lists, and objects at the root that are not pages; undefined where the text was passed on unread. */
  readonly rows: number | undefined;
  /** The text of a whole answer that holds this data and nothing else, where there is one: `bytes` is a part of it. */
  readonly responseBody?: Buffer | undefined;
}

export interface EngineResult {
  readonly data: JsonData | null;
  readonly errors: readonly GraphQLError[];
  readonly coverage: Coverage | undefined;
  /** Groups that the open audience is not shown because their counts are small. */
  readonly withheld?: readonly Withheld[];
  /** What is deferred, part by part as it comes; absent where the answer is whole. Coverage and what is withheld come with the last. */
  readonly subsequentResults?: AsyncIterable<IncrementalResult>;
}

/** A statistic as the public sees it: without groups of fewer than `below`, and in multiples of `roundedTo`. */
export interface Withheld {
  readonly path: readonly (string | number)[];
  readonly below: number;
  readonly roundedTo: number;
}

/** What came of one or more deferred fragments. */
export interface IncrementalResult extends Pick<EngineResult, 'coverage' | 'withheld'> {
  readonly payloads: readonly IncrementalPayload[];
  readonly hasNext: boolean;
}

/** A deferred fragment at one object of the answer. */
export interface IncrementalPayload extends Pick<EngineResult, 'data' | 'errors'> {
  /** The client's; undefined where it gave none. */
  readonly label: string | undefined;
  /** Of the object. */
  readonly path: readonly (string | number)[];
}
