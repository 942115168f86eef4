/** What a checked credential says of the caller, before any rule is applied to it. */
import type { DataClass, Tier } from '@yiwang/schema';
import { ANONYMOUS } from '../model/rights.ts';

export interface Identity {
  readonly subject: string;
  readonly tier: Tier;
  /** The jurisdiction, a canonical division code that exists and fits the tier. */
  readonly division: string;
  /** Unified social credit code of the caller's department. */
  readonly department?: string;
  readonly roles: readonly string[];
  /** The gravest class whose masked values the caller is cleared for. */
  readonly clearance: DataClass;
}

/** A caller that showed no credential. */
export const ANONYMOUS_IDENTITY: Identity = {
  subject: ANONYMOUS,
  tier: 'PUBLIC',
  division: '100000',
  roles: [],
  clearance: 'OPEN',
};
