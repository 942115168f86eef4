/** What an operation's conditions come to: tells requests of one document apart that are planned differently. */
import { type DocumentNode, Kind, visit } from 'graphql';

/** `variables` are coerced. */
export type ConditionKeyOf = (variables: Readonly<Record<string, unknown>>) => string;

export interface OperationConditions {
  /** The variables that conditions read, each once. */
  readonly variableNames: readonly string[];
  readonly keyOf: ConditionKeyOf;
  /** True where something may be deferred. */
  readonly mayDefer: boolean;
  /** The names of all fields in the document. */
  readonly fieldNames: ReadonlySet<string>;
}

const CONDITION_DIRECTIVES = new Set(['skip', 'include', 'defer']);

/** Walks the document once; reading costs no more than the variables that its conditions name. */
export function readConditions(document: DocumentNode): OperationConditions {
  const found = new Set<string>();
  const fieldNames = new Set<string>();
  let mayDefer = false;
  visit(document, {
    Field: ({ name }) => void fieldNames.add(name.value),
    Directive: ({ name, arguments: args = [] }) => {
      if (!CONDITION_DIRECTIVES.has(name.value)) return;
      mayDefer ||= name.value === 'defer';
      const condition = args.find((argument) => argument.name.value === 'if')?.value;
      if (condition?.kind === Kind.VARIABLE) found.add(condition.name.value);
    },
  });
  const variableNames = [...found];
  if (variableNames.length === 0) return { variableNames: variableNames, keyOf: () => '', mayDefer, fieldNames };
  return {
    variableNames: variableNames,
    keyOf: (variables) => variableNames.map((name) => String(variables[name])).join(),
    mayDefer,
    fieldNames,
  };
}
