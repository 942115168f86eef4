/** Errors and data → HTTP status (GraphQL over HTTP, draft of 2025). */
import { ERROR_CODES, type ErrorCode } from '../../model/errors.ts';

export interface StatusFacts {
  /** True if the response has a `data` entry. */
  readonly hasData: boolean;
  readonly codes: readonly ErrorCode[];
  /** True for `application/graphql-response+json`. */
  readonly graphqlMediaType: boolean;
  /** False if the HTTP request contains no GraphQL request. */
  readonly wellFormed: boolean;
}

/** Refusals of the gateway, not of the operation: they have one status in every media type. */
const ALWAYS = new Set<ErrorCode>(['UNAUTHENTICATED', 'QUOTA_EXCEEDED', 'OVERLOADED', 'INTERNAL', 'NOT_ACCEPTABLE']);

export function statusOf({ hasData, codes, graphqlMediaType, wellFormed }: StatusFacts): number {
  const first = codes[0];
  if (hasData || first === undefined) return 200;
  if (ALWAYS.has(first)) return ERROR_CODES[first];
  if (!wellFormed) return 400;
  if (!graphqlMediaType) return 200;
  return Math.max(ERROR_CODES[first], 400);
}
