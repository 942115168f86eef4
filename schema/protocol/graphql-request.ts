/** The JSON body of a GraphQL request over HTTP, as gateways send it and platforms read it. */
import { isObject } from './is-object.ts';

export interface GraphQLRequest {
  readonly query: string;
  /** Empty if there are none. */
  readonly variables: Record<string, unknown>;
  readonly operationName: string | undefined;
}

/**
 * Returns undefined unless the body is an object with a text `query`, and with an object of `variables` if it has
 * any.
 */
export function parseGraphQLRequest(body: unknown): GraphQLRequest | undefined {
  if (!isObject(body) || typeof body.query !== 'string') return undefined;
  const { query, variables, operationName } = body;
  if (variables !== undefined && variables !== null && !isObject(variables)) return undefined;
  return {
    query,
    variables: variables ?? {},
    operationName: typeof operationName === 'string' ? operationName : undefined,
  };
}
