/** What a verified credential says about the caller, before any rule applies. */
import type { DataClass, Tier } from '@yiwang/schema';
import { ANONYMOUS } from '../model/rights.ts';

export interface Identity {
  readonly subject: string;
  readonly tier: Tier;
  /** Jurisdiction: a canonical code of an existing division that fits the tier. */
  readonly division: string;
  /** Unified social credit code of the caller's department. */
  readonly department?: string;
  readonly roles: readonly string[];
  /** The most sensitive class whose masked values the caller is cleared for. */
  readonly clearance: DataClass;
}

/** A caller without a credential. */
export const ANONYMOUS_IDENTITY: Identity = {
  subject: ANONYMOUS,
  tier: 'PUBLIC',
  division: '100000',
  roles: [],
  clearance: 'OPEN',
};
