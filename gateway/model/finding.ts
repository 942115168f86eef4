/** What platforms gave that breaks the standard, as it is counted: no value of it is kept. */

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
