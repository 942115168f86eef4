/** The bounds of a platform server, for docs/configuration.md. All but the clock skew are fixed in code. */
import type { PlatformLimits } from '@yiwang/platform/limits.ts';

export interface PlatformLimitNote {
  readonly unit: string;
  readonly bounds: string;
  readonly protects: string;
  readonly reached: string;
}

const limit = (unit: string, bounds: string, protects: string, reached: string): PlatformLimitNote => ({
  unit,
  bounds,
  protects,
  reached,
});

/** A limit without a note does not compile. */
export const PLATFORM_LIMIT_NOTES: Readonly<Record<keyof PlatformLimits, PlatformLimitNote>> = {
  connectionsMax: limit('connections', 'connections to the database', 'the database', 'further queries wait'),
  statisticsConnectionsMax: limit(
    'connections',
    'connections that statistics use at a time',
    'questions other than statistics',
    'further statistics wait',
  ),
  groupsMax: limit('groups', 'groups of all statistics of one request', 'memory', '`TOO_COSTLY`'),
  answerBytesMax: limit('bytes', 'one answer', 'memory of platform and gateway', '`TOO_COSTLY`'),
  queueMax: limit('queries', 'queries that wait for a connection', 'memory', '`PLATFORM_REFUSED`'),
  deadlineMsMax: limit(
    'ms',
    'one answer, if the caller would wait longer',
    'the database',
    '`PLATFORM_LATE`; the statement is cancelled',
  ),
  bodyBytesMax: limit('bytes', 'body of one request', 'memory', '`BAD_USER_INPUT`'),
  depthMax: limit('levels', 'nesting of an operation', 'the database', '`GRAPHQL_VALIDATION_FAILED`'),
  tokensMax: limit('tokens', 'tokens of an operation', 'the parser', '`GRAPHQL_PARSE_FAILED`'),
  representationsMax: limit('entities', 'entities of one `_entities`', 'the database', '`BAD_USER_INPUT`'),
  referenceVersionMs: limit(
    'ms',
    'life of a reading of the reference version',
    'the database',
    'the version is read again',
  ),
  passportsMax: limit('passports', 'verified passports kept', 'memory', 'the oldest is verified again'),
  clockSkewSeconds: limit(
    'seconds',
    'how far ahead the gateway’s clock may be',
    'calls of gateways with an imprecise clock',
    '`UNAUTHENTICATED`: the passport was issued in the future',
  ),
  stopMsMax: limit('ms', 'wait of a stop for answers under way', 'the stop', 'connections are closed'),
};
