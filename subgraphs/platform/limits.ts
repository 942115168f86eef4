/** Every bound of a platform server by its name. */
import { GROUPS_MAX } from '@yiwang/schema';

export interface PlatformLimits {
  /** Connections to the database. */
  readonly connectionsMax: number;
  /** Connections that statistics may use at a time: fewer than all, so that other queries do not wait for them. */
  readonly statisticsConnectionsMax: number;
  /** Groups of all statistics of one request, before they are cut to `top`. */
  readonly groupsMax: number;
  /** Size of an answer. */
  readonly answerBytesMax: number;
  /** Queries that may wait for a connection; more are refused. */
  readonly queueMax: number;
  /** The longest that an answer may take, even if the caller would wait longer. */
  readonly deadlineMsMax: number;
  /** Size of a request. */
  readonly bodyBytesMax: number;
  /** Nesting of an operation. */
  readonly depthMax: number;
  /** Tokens of an operation. */
  readonly tokensMax: number;
  /** Entities asked for by one `_entities`. */
  readonly representationsMax: number;
  /** How long the version of the reference data stays in the cache. */
  readonly referenceVersionMs: number;
  /** Verified passports in the cache. */
  readonly passportsMax: number;
  /** How far the clock of the gateway that signs passports may be ahead. */
  readonly clockSkewSeconds: number;
  /** How long a stop waits for running requests. */
  readonly stopMsMax: number;
}

/**
 * The clock skew that a platform tolerates, `PLATFORM_CLOCK_SKEW_SECONDS`. A platform whose clock is ahead needs
 * none: gateways renew passports at half of their life.
 */
export const CLOCK_SKEW_RULE = { unit: 'seconds', default: 5, min: 0, max: 300 } as const;

export const DEFAULT_LIMITS: PlatformLimits = {
  connectionsMax: 8,
  statisticsConnectionsMax: 3,
  groupsMax: GROUPS_MAX,
  answerBytesMax: 32 * 1024 * 1024,
  queueMax: 512,
  deadlineMsMax: 10_000,
  bodyBytesMax: 4 * 1024 * 1024,
  depthMax: 24,
  tokensMax: 10_000,
  representationsMax: 2000,
  referenceVersionMs: 1000,
  passportsMax: 1000,
  clockSkewSeconds: CLOCK_SKEW_RULE.default,
  stopMsMax: 10_000,
};
