/** One request on its way: what is known at its door, and what is found out on the way. */
import type { DocumentNode, GraphQLError } from 'graphql';
import type { Caller } from '../../model/caller.ts';
import type { RecordedOperation } from '../../model/record-entry.ts';
import type { Rights } from '../../model/rights.ts';
import type {
  CancelSignal,
  Coverage,
  ForwardedHeaders,
  IncrementalResult,
  JsonData,
  View,
} from '../../model/validated-operation.ts';
import type { Preferences } from '../request/preferences.ts';

export interface OperationContext {
  readonly requestId: string;
  readonly caller: Caller;
  readonly rights: Rights;
  readonly view: View;
  readonly preferences: Preferences;
  /** True where the client takes an answer in parts. */
  readonly inParts: boolean;
  /** Aborted when the client leaves, the deadline is long past, or the gateway stops. */
  readonly signal: CancelSignal;
  readonly forwarded: ForwardedHeaders | undefined;
  /** The variables with all digits of their numbers; undefined where JavaScript's own have them. */
  readonly exactVariables: Readonly<Record<string, unknown>> | undefined;
  readonly result: OperationResult;
}

/** Filled on the way, read when the answer leaves. */
export interface OperationResult {
  document: DocumentNode | undefined;
  asked: RecordedOperation | undefined;
  coverage: Coverage | undefined;
  /** Undefined where the engine was not asked. */
  data: JsonData | null | undefined;
  /** The answer as it goes out, where its data was text already. */
  body: Buffer | undefined;
  /** What is deferred; undefined where the answer is whole. */
  later: AsyncIterable<IncrementalResult> | undefined;
  /** What the engine, or who admits to it, had to say. */
  errors: readonly GraphQLError[];
  codes: readonly string[];
}

export function createOperationResult(): OperationResult {
  return {
    document: undefined,
    asked: undefined,
    coverage: undefined,
    data: undefined,
    body: undefined,
    later: undefined,
    errors: [],
    codes: [],
  };
}
