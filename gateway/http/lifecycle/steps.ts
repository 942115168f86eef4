/** What the HTTP face is handed: each step of the way as a function, in the order in which a request meets them. */
import type { DocumentNode, GraphQLError, OperationDefinitionNode } from 'graphql';
import type { MaskedOperation, RecordEntry } from '../../model/record-entry.ts';
import type { Rights } from '../../model/rights.ts';
import type { UpstreamOperation, UpstreamResult } from '../../model/upstream.ts';
import type { EngineResult, ValidatedOperation, View } from '../../model/validated-operation.ts';
import type { ViewServer } from '../graphql/apollo.ts';

/** The steps that a reload leaves as they are, and the way to those that it replaces. */
export interface RequestSteps {
  /** Throws a `PublicError`. */
  identify(request: Incoming): Promise<Rights>;
  /** For the door of gateways above; a gateway that stands in no directory of another has no such door. Throws a `PublicError`. */
  readonly readPassport?: ((token: unknown, address: string) => Promise<Rights>) | undefined;
  /** Lets an operation into the generation that is served; it stays there to its end, whatever is loaded meanwhile. */
  enter(): SchemaLease;
  /** A place in the record, or undefined where the record is full: what cannot be recorded is not answered. */
  reserve(): RecordPlace | undefined;
}

/** What identifies the caller of a request. */
export interface Incoming {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Names and values in turns, as they came. */
  readonly rawHeaders: readonly string[];
  /** Network address of the client, by the word of a trusted proxy if it came through one. */
  readonly address: string;
}

/** An operation's stay in a generation, which is not closed before the operation leaves. */
export interface SchemaLease {
  readonly server: OperationServer;
  /** To be called exactly once. */
  release(): void;
}

/** What answers the operations of one generation. */
export interface OperationServer {
  viewOf(rights: Rights): View;
  /** Throws an `Error` for a view of another graph. */
  serverOf(view: View): ViewServer;
  readonly upstream: UpstreamSteps | undefined;
  stop(): Promise<void>;
}

/** The steps of one generation. */
export interface OperationSteps {
  viewOf(rights: Rights): View;
  /** Every view there is: each gets a server of its own. */
  readonly views: readonly View[];
  admit(proposal: ValidationRequest): ValidationResult;
  execute(asked: ValidatedOperation): Promise<EngineResult>;
  readonly upstream?: UpstreamSteps | undefined;
}

export interface ValidationRequest {
  readonly view: View;
  readonly document: DocumentNode;
  readonly hash: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

export type ValidationResult =
  | {
      readonly kind: 'admitted';
      readonly operation: OperationDefinitionNode;
      readonly fields: Readonly<Record<string, readonly string[]>>;
      /** What the record keeps; undefined if nothing is put on record. */
      readonly kept: MaskedOperation | undefined;
      /** The variables, coerced. */
      readonly coerced: Readonly<Record<string, unknown>>;
      readonly introspection: { readonly data?: unknown; readonly errors?: readonly GraphQLError[] } | undefined;
      /** What is left for the engine. */
      readonly rest: DocumentNode | undefined;
      /** Response keys of the root in the client's order, where both the view and the engine answer. */
      readonly order: readonly string[];
    }
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[] };

/** The steps of one generation for gateways above. */
export interface UpstreamSteps {
  /** Undefined for a subgraph that is not served, or of which these classes show nothing. */
  viewOf(subgraph: string, classes: readonly string[]): View | undefined;
  admit(proposal: ValidationRequest): ValidationResult;
  execute(asked: UpstreamOperation): Promise<UpstreamResult>;
}

/** To be filled exactly once. */
export interface RecordPlace {
  fill(read: () => RecordEntry): void;
}
