/**
 * The variables that the conditions of an operation read, or the merge of its statistics: requests that differ in their
 * values are planned apart.
 */
import { type DocumentNode, Kind, visit } from 'graphql';
import { type GroupFields, inlinedVariables, readGroupVariables } from '../prepare/inline-group-arguments.ts';

/** Coerced variables → a text, equal for equal conditions. */
export type ConditionKeyOf = (variables: Readonly<Record<string, unknown>>) => string;

export interface OperationConditions {
  /** Of the variables that conditions and the merge read, each once. */
  readonly variableNames: readonly string[];
  readonly keyOf: ConditionKeyOf;
  /** True if the document has `@defer`. */
  readonly mayDefer: boolean;
  /** Of all fields in the document. */
  readonly fieldNames: ReadonlySet<string>;
}

const CONDITION_DIRECTIVES = new Set(['skip', 'include', 'defer']);

const NO_GROUP_FIELDS: GroupFields = { names: new Set(), keyedDimensions: new Set() };

/** Walks the document once. A key then costs as much as the variables that conditions read. */
export function readConditions(
  document: DocumentNode,
  groupFields: GroupFields = NO_GROUP_FIELDS,
): OperationConditions {
  const names = new Set<string>();
  const fieldNames = new Set<string>();
  let mayDefer = false;
  visit(document, {
    Field: ({ name }) => void fieldNames.add(name.value),
    Directive: ({ name, arguments: args = [] }) => {
      if (!CONDITION_DIRECTIVES.has(name.value)) return;
      mayDefer ||= name.value === 'defer';
      const condition = args.find((argument) => argument.name.value === 'if')?.value;
      if (condition?.kind === Kind.VARIABLE) names.add(condition.name.value);
    },
  });
  const conditionNames = [...names];
  const group = readGroupVariables(document, groupFields);
  const variableNames = [...new Set([...conditionNames, ...group.orders, ...group.dimensions])];
  if (variableNames.length === 0) return { variableNames, keyOf: () => '', mayDefer, fieldNames };
  const conditionKeyOf: ConditionKeyOf = (variables) => conditionNames.map((name) => String(variables[name])).join();
  if (variableNames.length === conditionNames.length) {
    return { variableNames, keyOf: conditionKeyOf, mayDefer, fieldNames };
  }
  return {
    variableNames,
    keyOf: (variables) => {
      const inlined = inlinedVariables(group, variables, groupFields);
      return `${conditionKeyOf(variables)} ${JSON.stringify(inlined.map((name) => [name, variables[name] ?? null]))}`;
    },
    mayDefer,
    fieldNames,
  };
}
