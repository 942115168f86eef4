/** One request to `/graphql` as Apollo Server's plugins get it (`contextValue`). */
import type { GraphQLResponse } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import type { EngineResult, OperationRequest } from '../../model/validated-operation.ts';
import type { RequestContext } from '../../pipeline/index.ts';

/** What is known of an operation before Apollo Server has read it. */
export type RequestHead = Omit<OperationRequest, 'document' | 'hash' | 'operationName' | 'variables'>;

/** Apollo Server gives plugins a shallow copy: they write to `outcome`, which both share. */
export interface QueryContext {
  readonly context: RequestContext;
  readonly head: RequestHead;
  readonly outcome: QueryOutcome;
}

export interface QueryOutcome {
  /** Errors of the result, before they are formatted. */
  errors: readonly GraphQLError[];
  /** Results after the first one, with incremental delivery. */
  subsequentResults: EngineResult['subsequentResults'];
  /** True until the operation reaches the engine: a plugin may answer before. */
  isOfPlugin: boolean;
  /** The response as plugins see it; undefined if the request never became one. */
  response: GraphQLResponse | undefined;
  /** What a plugin threw. */
  fault: Error | undefined;
}

export function createQueryContext(context: RequestContext, head: RequestHead): QueryContext {
  return { context, head, outcome: emptyOutcome() };
}

function emptyOutcome(): QueryOutcome {
  return { errors: [], subsequentResults: undefined, isOfPlugin: true, response: undefined, fault: undefined };
}
