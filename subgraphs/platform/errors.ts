/** Errors of a platform: a refusal has a public code and message; any other error is masked and logged. */
import { PLATFORM_ERROR_CODES, type PlatformErrorCode } from '@yiwang/schema';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

const PUBLIC_CODES = Object.keys(PLATFORM_ERROR_CODES) as readonly PlatformErrorCode[];

/** A refusal in plain language. The caller gets its message unchanged. */
export class PlatformError extends GraphQLError {
  readonly code: PlatformErrorCode;
  /** Mercurius reads it if the request failed as a whole. */
  readonly statusCode: number;

  constructor(code: PlatformErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { extensions: { code } });
    this.name = 'PlatformError';
    this.code = code;
    this.statusCode = PLATFORM_ERROR_CODES[code];
    if (options.cause !== undefined) this.cause = options.cause;
  }
}

/** Gets every error whose message the caller does not see. */
export type ReportError = (error: unknown) => void;

/**
 * Errors as the caller gets them. A refusal keeps its code and message; a request that GraphQL refused has the code
 * of that phase; any other error becomes `INTERNAL`, and its message is reported and not sent.
 */
export function formatErrors(errors: readonly unknown[], report: ReportError): GraphQLFormattedError[] {
  return errors
    .flatMap((error): readonly unknown[] => requestErrorsOf(error) ?? [error])
    .map((error) => formatError(error, report));
}

/** The HTTP status of a request that failed as a whole: that of its first error. */
export function statusOf(errors: readonly GraphQLFormattedError[]): number {
  return PLATFORM_ERROR_CODES[errors[0]?.extensions?.code as PlatformErrorCode] ?? 500;
}

function formatError(error: unknown, report: ReportError): GraphQLFormattedError {
  const graphQLError = error instanceof GraphQLError ? error : undefined;
  const location = graphQLError?.path ? { path: graphQLError.path } : {};
  const cause = graphQLError?.originalError ?? error;
  const refusal = [graphQLError, cause].find((candidate) => candidate instanceof PlatformError);
  if (refusal) {
    if (refusal.cause !== undefined) report(refusal);
    return { message: refusal.message, ...location, extensions: { code: refusal.code } };
  }
  const breach = graphQLError?.extensions.breach;
  if (graphQLError && !graphQLError.path) {
    const code = breach === undefined ? requestCode(graphQLError.message) : 'BAD_USER_INPUT';
    return { message: graphQLError.message, extensions: { code, breach } };
  }
  if (graphQLError && breach !== undefined) {
    return { message: graphQLError.message, ...location, extensions: { code: 'STANDARD_BREACH', breach } };
  }
  const code = PUBLIC_CODES.find((candidate) => candidate === graphQLError?.extensions.code);
  if (graphQLError && code !== undefined) return { message: graphQLError.message, ...location, extensions: { code } };
  report(cause);
  return { message: 'internal error of the platform', ...location, extensions: { code: 'INTERNAL' } };
}

/** Mercurius throws one error that holds those of parsing, validation or variables. */
function requestErrorsOf(error: unknown): readonly GraphQLError[] | undefined {
  const inner = (error as { errors?: unknown } | null)?.errors;
  if (!Array.isArray(inner)) return undefined;
  return inner.map((item: unknown) =>
    item instanceof GraphQLError ? item : new GraphQLError(item instanceof Error ? item.message : String(item)),
  );
}

function requestCode(message: string): PlatformErrorCode {
  if (message.startsWith('Syntax Error')) return 'GRAPHQL_PARSE_FAILED';
  const isVariable = /^Variable "\$\w+" (got invalid value|of required type|of non-null type)/.test(message);
  return isVariable ? 'BAD_USER_INPUT' : 'GRAPHQL_VALIDATION_FAILED';
}
