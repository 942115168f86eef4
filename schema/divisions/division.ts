/** One administrative division, in force or of the past. */
import type { DivisionLevel } from './division-level.ts';

export interface Division {
  /** Canonical: `100000`, six digits down to the county, nine for a street, twelve for a community. */
  readonly code: string;
  readonly name: string;
  readonly level: DivisionLevel;
  /** Canonical code of the division above, a nominal one included; null for the country. */
  readonly parent: string | null;
  /** True for a level without a government: a parent in the tree, hidden on screens, without a platform. */
  readonly nominal: boolean;
  /** First day of validity; null if no source names it. */
  readonly validFrom: string | null;
  /** First day on which it is no longer valid; null for a division in force. */
  readonly validTo: string | null;
  /** Codes of the divisions that took a former one over, on the day on which it ended. */
  readonly successors: readonly string[];
  /** Codes of the divisions of which it took over all or a part. */
  readonly predecessors: readonly string[];
}
