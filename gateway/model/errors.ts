/** The errors that clients see. */
import type { ErrorCode } from '@yiwang/schema';
import { type ASTNode, GraphQLError } from 'graphql';

export { ERROR_CODES, type ErrorCode } from '@yiwang/schema';

export type Path = readonly (string | number)[];

/** The first place at which a value does not match its type. It contains nothing of the value. */
export interface TypeMismatch {
  /** Within the value. */
  readonly path: Path;
  /** The type, in the syntax of the schema. */
  readonly expected: string;
}

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
