/** Who asks, as far as it shows before a credential is checked: those who wait take turns by it. */
export interface Caller {
  /** Turns go round among the kinds first: a credential that was accepted before, another credential, none. */
  readonly kind: 'verified' | 'unverified' | 'anonymous';
  /** Digest of the credential; for the anonymous the network they come from. */
  readonly key: string;
}
