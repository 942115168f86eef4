/** The rules of entities as types: what a row of the standard must be, apart from its shape in GraphQL. */

export type RuleCertainty = 'sure' | 'memory' | 'open' | 'advice';
/** `ERROR`: a gate refuses the value or the row. `WARNING`: it passes, and is told. */
export type RuleSeverity = 'ERROR' | 'WARNING';
/** `IN`: for inputs and rows alone, since answers are masked, cut, or read at another time. */
export type RuleGate = 'BOTH' | 'IN';

/** A rule with a condition holds for rows that meet it; it is undecided if the field is not there. */
export type RuleCondition =
  | { readonly field: string; readonly in: readonly (string | boolean | number)[] }
  | { readonly field: string; readonly matches: string }
  | { readonly field: string; readonly present: boolean };

interface RuleBase {
  /** `CASE-012`: stable across versions; never given to another rule. */
  readonly id: string;
  /** The type in the graph. */
  readonly entity: string;
  /**
   * Paths of GraphQL fields below the entity: `closedAt`, `division.code`. A rule about each field by itself holds for
   * each of them; the other kinds say what their places mean.
   */
  readonly fields: readonly string[];
  /** Chinese. */
  readonly name: string;
  /** What is wrong, for people; contains no value. */
  readonly message: string;
  readonly severity: RuleSeverity;
  readonly gate: RuleGate;
  /** First version of the standard with the rule. */
  readonly since: string;
  /** First version without it; null while it holds. */
  readonly until: string | null;
  readonly certainty: RuleCertainty;
  /** The standard or practice that it comes from. */
  readonly basis: string;
  readonly when: RuleCondition | null;
}

/** How two values agree: see `checks/agreements.ts`. */
export type Agreement =
  | 'WITHIN'
  | 'CONTAINS'
  | 'SAME_CITY'
  | 'COUNTY_OF_COMPONENT'
  | 'CLASS_OF_COMPONENT'
  | 'CLASS_OF_CONDITION'
  | 'STATUS_OF_STATE';

export type RuleOfKind =
  /** Each field has a value; text is not blank. */
  | { readonly kind: 'required' }
  /** Each field is a value of a scalar of the standard, or matches a pattern. */
  | { readonly kind: 'format'; readonly format: string | null; readonly pattern: string | null }
  /** Each text has so many characters, each list so many members. */
  | { readonly kind: 'length'; readonly min: number; readonly max: number | null }
  /** Each number lies in the range, its ends included. */
  | {
      readonly kind: 'range';
      readonly min: number | null;
      readonly max: number | null;
      /** The first number above the range, if it has no highest one. */
      readonly below: number | null;
      readonly integer: boolean;
    }
  /** Each value is one of these. */
  | { readonly kind: 'list'; readonly values: readonly (string | boolean)[] }
  /** Each value is a code of a list of the standard. */
  | { readonly kind: 'code'; readonly list: string }
  /** Each value is a division in the table, in force on the day that `at` names if it names one. */
  | { readonly kind: 'division'; readonly at: string | null; readonly levels: readonly string[] }
  /** Each value is a class of one of these dictionaries; of the lowest level if `leaf`. */
  | { readonly kind: 'category'; readonly dictionaries: readonly string[]; readonly leaf: boolean }
  /** Instants or days ascend from field to field, those without a value left out; `now` is the present. */
  | { readonly kind: 'order'; readonly strict: boolean; readonly slackSeconds: number }
  /** The members of a list ascend by `by`. */
  | { readonly kind: 'ascending'; readonly by: string }
  /** [part, whole]: the part is not above the whole, and neither is below 0. */
  | { readonly kind: 'parts' }
  /** Each field is a rate of the graph whose numerator is a part of its denominator. */
  | { readonly kind: 'rates' }
  /** [longitude, latitude, division]: the point lies in the division's box. */
  | { readonly kind: 'box' }
  /** [field, other]: the code in the field agrees with the other value. */
  | { readonly kind: 'reference'; readonly agreement: Agreement }
  /** All fields have a value, or none; with `iff`, all of them if and only if the condition is met. */
  | { readonly kind: 'together'; readonly iff: RuleCondition | null }
  /** So many of the fields have a value. */
  | { readonly kind: 'oneOf'; readonly min: number; readonly max: number }
  /** No two rows of a batch have the same values; checked by `createBatchValidator`. */
  | { readonly kind: 'unique' };

export type EntityRule = RuleBase & RuleOfKind;
export type RuleKind = EntityRule['kind'];

/** A row that keeps every rule, as flat paths. */
export type SampleRow = Readonly<Record<string, unknown>>;

/** What a rule is shown with: changes of the sample row of its entity. */
export interface RuleExample {
  readonly rule: EntityRule;
  readonly pass: SampleRow;
  readonly fail: SampleRow;
}
