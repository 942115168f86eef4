/** One request to `/graphql` as the plugins of Apollo Server have it (`contextValue`). */
import type { GraphQLError } from 'graphql';
import type { EngineResult, OperationRequest } from '../../model/validated-operation.ts';
import type { RequestContext } from '../../pipeline/index.ts';

/** What is known of an operation before Apollo Server has read it. */
export type RequestHead = Omit<OperationRequest, 'document' | 'hash' | 'operationName' | 'variables'>;

/** Apollo Server hands its plugins a shallow copy: what they write goes into `outcome`. */
export interface QueryContext {
  readonly context: RequestContext;
  readonly head: RequestHead;
  readonly outcome: QueryOutcome;
}

export interface QueryOutcome {
  /** Of the result, as the engine gave them. */
  errors: readonly GraphQLError[];
  /** Those after the result, if it comes in parts. */
  subsequentResults: EngineResult['subsequentResults'];
  /** The response as it goes out; undefined if its data is no text yet. */
  body: Buffer | undefined;
}

export function createQueryContext(context: RequestContext, head: RequestHead): QueryContext {
  return { context, head, outcome: { errors: [], subsequentResults: undefined, body: undefined } };
}
