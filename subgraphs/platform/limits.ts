/** Every bound of a platform server by its name. */
export interface PlatformLimits {
  /** Connections to the database. */
  readonly connectionsMax: number;
  /** Queries that may wait for a connection; more are refused. */
  readonly queueMax: number;
  /** The longest that an answer may take, also where the caller would wait longer. */
  readonly deadlineMsMax: number;
  /** Size of a request. */
  readonly bodyBytesMax: number;
  /** Nesting of an operation. */
  readonly depthMax: number;
  /** Tokens of an operation. */
  readonly tokensMax: number;
  /** Entities asked for by one `_entities`. */
  readonly representationsMax: number;
  /** How long a reading of the version of the reference data is good for. */
  readonly referenceVersionMs: number;
  /** Verified passports that are remembered. */
  readonly passportsMax: number;
  /** How long a stop waits for answers under way. */
  readonly stopMsMax: number;
}

export const DEFAULT_LIMITS: PlatformLimits = {
  connectionsMax: 8,
  queueMax: 512,
  deadlineMsMax: 10_000,
  bodyBytesMax: 4 * 1024 * 1024,
  depthMax: 24,
  tokensMax: 10_000,
  representationsMax: 2000,
  referenceVersionMs: 1000,
  passportsMax: 1000,
  stopMsMax: 10_000,
};
