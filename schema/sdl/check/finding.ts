/** What the check of a platform's schema finds, and the rules that it checks. */
import type { ASTNode } from 'graphql';

/**
 * `breach`: no gateway can use the platform as it is, and it may not join; `lack`: the platform does not serve it, and
 * may join with the rest; `note`: it may join, and whoever runs it should know.
 */
export type FindingKind = 'breach' | 'lack' | 'note';

/** The rules of the check, each with what it holds a schema to. */
export const SCHEMA_RULES = {
  'missing-entity': { kind: 'lack', about: 'an entity of the standard is served' },
  'missing-field': { kind: 'lack', about: 'a field of the standard is served' },
  'missing-argument': { kind: 'lack', about: 'an argument of the standard is taken' },
  'missing-value': { kind: 'lack', about: 'a value of an enum or a member of a union is served' },
  'missing-merge-member': {
    kind: 'breach',
    about: 'what gateways merge by is there: keys, cursors, both parts of a rate',
  },
  'undefined-type': { kind: 'breach', about: 'a type that is referred to is defined' },
  'other-kind': { kind: 'breach', about: 'a type is of the kind that the standard gives it' },
  'weaker-type': { kind: 'breach', about: 'a field promises all that the standard promises, null included' },
  'narrower-argument': { kind: 'breach', about: 'an argument takes all that the standard takes' },
  'changed-default': { kind: 'breach', about: 'an argument that is left out means what the standard says' },
  'demanded-argument': { kind: 'breach', about: 'no argument is demanded that the standard does not know' },
  'foreign-value': { kind: 'breach', about: 'an enum or a union has no value that the standard does not know' },
  'lost-directive': { kind: 'breach', about: 'a directive of the standard is applied' },
  'changed-directive': { kind: 'breach', about: 'a directive has the arguments that the standard gives it' },
  'foreign-directive': { kind: 'breach', about: 'a directive is applied where the standard applies it' },
  'extension-class': { kind: 'breach', about: 'a field of its own has a data class' },
  'extension-name': { kind: 'breach', about: 'the name of a field or type of its own begins with x_' },
  'extension-argument': { kind: 'note', about: 'an argument of its own is not for gateways, which never send it' },
  'narrower-class': { kind: 'note', about: 'a field is in the data class of the standard' },
} as const satisfies Readonly<Record<string, { readonly kind: FindingKind; readonly about: string }>>;

export type SchemaRule = keyof typeof SCHEMA_RULES;

export interface SchemaFinding {
  readonly rule: SchemaRule;
  readonly kind: FindingKind;
  /** `Case.status`, `Query.cases(within:)`, `CaseStatus.FILED`. */
  readonly coordinate: string;
  /** Line of the platform's schema, from 1; undefined for what is missing, and if the schema was parsed without lines. */
  readonly line?: number;
  /** What is wrong, after the coordinate: `is missing`. */
  readonly found: string;
  /** What the standard says there, in GraphQL if it can be written so; null if it says nothing. */
  readonly expected: string | null;
  /** What to do about it. */
  readonly mend: string;
}

interface FindingDetails {
  readonly coordinate: string;
  readonly found: string;
  readonly expected?: string;
  readonly mend: string;
  /** The node of the platform's schema. */
  readonly node?: ASTNode | undefined;
}

export function createFinding(rule: SchemaRule, details: FindingDetails): SchemaFinding {
  const { coordinate, found, expected = null, mend, node } = details;
  const line = node?.loc?.startToken.line;
  return {
    rule,
    kind: SCHEMA_RULES[rule].kind,
    coordinate,
    ...(line !== undefined && { line }),
    found,
    expected,
    mend,
  };
}
