/** The one table of public error codes, and the error that carries one. */
import { type ASTNode, GraphQLError } from 'graphql';

export const ERROR_CODES = {
  UNAUTHENTICATED: 401,
  OUT_OF_SCOPE: 403,
  PURPOSE_REQUIRED: 403,
  /** By `@authenticated`, `@requiresScopes` or `@policy` of a supergraph. */
  UNAUTHORIZED_FIELD_OR_TYPE: 403,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  BAD_USER_INPUT: 400,
  /** Apollo's protocol of persisted queries: clients that read this code send the whole query. */
  PERSISTED_QUERY_NOT_SUPPORTED: 400,
  STANDARD_BREACH: 200,
  TOO_COSTLY: 400,
  QUOTA_EXCEEDED: 429,
  PLATFORM_LATE: 200,
  PLATFORM_FAILED: 200,
  PLATFORM_UNREACHABLE: 200,
  PLATFORM_REFUSED: 200,
  INCOMPLETE: 200,
  CONFLICT: 200,
  NOT_FOUND: 404,
  /** The client takes no form in which there are answers. */
  NOT_ACCEPTABLE: 406,
  /** More operations at work, or waiting for the record, than the limits allow. */
  OVERLOADED: 503,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
export type Path = readonly (string | number)[];

/** A refusal in plain language: what happened, what was expected. Never an inside name. */
export class PublicError extends GraphQLError {
  readonly code: ErrorCode;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      path?: Path;
      nodes?: readonly ASTNode[];
      cause?: unknown;
      extensions?: Record<string, unknown>;
    } = {},
  ) {
    super(message, {
      ...(options.path ? { path: options.path } : {}),
      ...(options.nodes ? { nodes: options.nodes } : {}),
      ...(options.cause instanceof Error ? { originalError: options.cause } : {}),
      extensions: { ...options.extensions, code },
    });
    this.name = 'PublicError';
    this.code = code;
  }
}

/** An error of a subgraph that is not ours, for callers as it was sent: its code need not be one of the table. */
export class SubgraphError extends GraphQLError {
  /** Without a path for one that is of no place in the answer. */
  constructor(
    message: string,
    { path, extensions }: { path: Path | undefined; extensions: Readonly<Record<string, unknown>> },
  ) {
    super(message, { ...(path ? { path } : {}), extensions });
    this.name = 'ForeignError';
  }
}

/** The same error elsewhere in the answer. */
export function withPath(error: GraphQLError, path: Path): GraphQLError {
  const { message, extensions, nodes, originalError } = error;
  const options = { path, extensions, ...(nodes ? { nodes } : {}) };
  if (error instanceof PublicError) return new PublicError(error.code, message, { ...options, cause: originalError });
  if (error instanceof SubgraphError) return new SubgraphError(message, options);
  return new GraphQLError(message, { ...options, ...(originalError ? { originalError } : {}) });
}
