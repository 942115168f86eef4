/** What platforms gave that breaks the standard, as it is counted: no value of it is kept. */
import type { Region } from '@yiwang/schema';

/** Breaches of one rule by one platform in one answer. */
export interface Finding {
  /** Undefined if nobody can be said to have given the value. */
  readonly platform: string | undefined;
  readonly rule: string;
  readonly count: number;
  readonly samples: readonly FindingSample[];
}

/** One breach. */
export interface FindingSample {
  /** Coordinate of the field at fault, such as `Case.closedAt`. */
  readonly coordinate: string;
  /** The id of the row or the code of the object; undefined if it was not asked for. */
  readonly id: string | undefined;
}

export type OnFinding = (finding: Finding) => void;

/** The rule of values that are not of their type. It is always enforced. */
export const TYPE_RULE = 'TYPE';

/** Which findings are read. */
export interface FindingQuery {
  /** Divisions of platforms. Platforms that nobody knows are read for the whole country alone. */
  readonly region: Region;
  /** First day, `YYYY-MM-DD` in the zone +08:00. */
  readonly from: string;
  /** First day after it. */
  readonly until: string;
  readonly platform?: string | null;
  readonly rule?: string | null;
  /** `MOST_FREQUENT`: one row for each platform and rule, summed over the period. */
  readonly orderBy: 'NEWEST' | 'MOST_FREQUENT';
}

export interface FindingRow {
  readonly platform: string;
  readonly rule: string;
  /** Null in a sum. */
  readonly day: string | null;
  readonly count: number;
  readonly examples: readonly { readonly coordinate: string; readonly id: string | null }[];
}

/** The place of a row in its order. */
export type FindingPlace = Pick<FindingRow, 'platform' | 'rule' | 'day' | 'count'>;

/** Pages of stored findings. Throws a `PublicError` if nothing stores any. */
export interface FindingPages {
  readPage(query: FindingQuery, after: FindingPlace | undefined, limit: number): Promise<readonly FindingRow[]>;
  count(query: FindingQuery): Promise<number>;
}
