/** How the listeners are set up, as configuration says it and HTTP follows it. */

/** Which pages of other origins may read answers (Fetch standard, CORS protocol). */
export interface CorsOptions {
  /** True for an origin whose pages may read answers. */
  readonly allows: (origin: string) => boolean;
  /** True if every origin may: answers then say so without a look at who asks. */
  readonly allowsAll: boolean;
  /** True if browsers may send cookies and the like, and pages may read the response. */
  readonly credentials: boolean;
  /** For how long a browser may keep the answer to a preflight. */
  readonly preflightSeconds: number;
}

/** Where health and metrics are. */
export interface OperatorAddress {
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
  /** True if another port may be taken in place of one that is in use. */
  readonly isDefault: boolean;
}
