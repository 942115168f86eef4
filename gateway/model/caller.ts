/** The caller, as far as it shows before its credential is verified. Waiting callers take turns. */
export interface Caller {
  /** Kinds take turns before callers do: a credential that was accepted before, any other credential, none. */
  readonly kind: 'verified' | 'unverified' | 'anonymous';
  /** Digest of the credential; the client network of an anonymous caller. */
  readonly key: string;
}
