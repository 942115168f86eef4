/** The one table of error codes, with the HTTP status of a request that failed as a whole. */

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

/** The codes of platforms. TOO_COSTLY is 200 there: the request was valid, only its answer was too large. */
export const PLATFORM_ERROR_CODES = {
  UNAUTHENTICATED: ERROR_CODES.UNAUTHENTICATED,
  BAD_USER_INPUT: ERROR_CODES.BAD_USER_INPUT,
  GRAPHQL_PARSE_FAILED: ERROR_CODES.GRAPHQL_PARSE_FAILED,
  GRAPHQL_VALIDATION_FAILED: ERROR_CODES.GRAPHQL_VALIDATION_FAILED,
  TOO_COSTLY: 200,
  STANDARD_BREACH: ERROR_CODES.STANDARD_BREACH,
  PLATFORM_LATE: ERROR_CODES.PLATFORM_LATE,
  PLATFORM_REFUSED: ERROR_CODES.PLATFORM_REFUSED,
  PLATFORM_UNREACHABLE: ERROR_CODES.PLATFORM_UNREACHABLE,
  INTERNAL: ERROR_CODES.INTERNAL,
} as const satisfies Partial<Record<ErrorCode, number>>;

export type PlatformErrorCode = keyof typeof PLATFORM_ERROR_CODES;
