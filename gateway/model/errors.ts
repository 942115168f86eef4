/** The errors that clients see. */
import { type ASTNode, GraphQLError } from 'graphql';

export const ERROR_CODES = {
  UNAUTHENTICATED: 401,
  OUT_OF_SCOPE: 403,
  PURPOSE_REQUIRED: 403,
  /** `@authenticated`, `@requiresScopes` or `@policy` of the supergraph denies the field. */
  UNAUTHORIZED_FIELD_OR_TYPE: 403,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  BAD_USER_INPUT: 400,
  /** Clients of Apollo's persisted queries send the whole query after this code. */
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
  /** The client accepts no media type of a response. */
  NOT_ACCEPTABLE: 406,
  /** More operations run, or wait for the record, than the limits allow. */
  OVERLOADED: 503,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
export type Path = readonly (string | number)[];

/** A refusal. Its message says what happened and what was expected, without internal names. */
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

/** An error of a subgraph with a plain address, passed on as it was sent: its code may be any. */
export class SubgraphError extends GraphQLError {
  /** `path` is undefined if the error belongs to no field of the response. */
  constructor(
    message: string,
    { path, extensions }: { path: Path | undefined; extensions: Readonly<Record<string, unknown>> },
  ) {
    super(message, { ...(path ? { path } : {}), extensions });
    this.name = 'ForeignError';
  }
}

/** Copies the error with another path. */
export function withPath(error: GraphQLError, path: Path): GraphQLError {
  const { message, extensions, nodes, originalError } = error;
  const options = { path, extensions, ...(nodes ? { nodes } : {}) };
  if (error instanceof PublicError) return new PublicError(error.code, message, { ...options, cause: originalError });
  if (error instanceof SubgraphError) return new SubgraphError(message, options);
  return new GraphQLError(message, { ...options, ...(originalError ? { originalError } : {}) });
}
