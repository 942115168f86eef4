/**
 * Variables of statistics → literals, as far as the merge of groups depends on them: their order, and dimensions that
 * fill a part of the key of their own. Fetches then ask for what this order and these dimensions need and no more.
 */
import {
  astFromValue,
  type DocumentNode,
  type GraphQLSchema,
  isInputType,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
  type ValueNode,
  visit,
} from 'graphql';
import { collectVariables } from '../../kit/graphql/collect-variables.ts';
import type { PlanningSupergraph } from '../../model/supergraph/planning-supergraph.ts';

/** Arguments whose values may add a part to the key of groups. */
const KEY_ARGUMENTS: ReadonlySet<string> = new Set(['groupBy', 'map']);

type Variables = Readonly<Record<string, unknown>>;
export type GroupFields = PlanningSupergraph['groupFields'];

/** Names of the variables in arguments of statistics. */
export interface GroupVariables {
  readonly orders: ReadonlySet<string>;
  readonly dimensions: ReadonlySet<string>;
}

export function readGroupVariables(document: DocumentNode, { names }: GroupFields): GroupVariables {
  const [orders, dimensions] = [new Set<string>(), new Set<string>()];
  if (names.size === 0) return { orders, dimensions };
  visit(document, {
    Field: ({ name, arguments: args = [] }) => {
      if (!names.has(name.value)) return;
      for (const argument of args) {
        const variables = collectVariables(argument.value);
        if (argument.name.value === 'orderBy') for (const variable of variables) orders.add(variable);
        if (KEY_ARGUMENTS.has(argument.name.value)) for (const variable of variables) dimensions.add(variable);
      }
    },
  });
  return { orders, dimensions };
}

/** The variables whose values are written into the operation, in the order of their names. */
export function inlinedVariables(
  { orders, dimensions }: GroupVariables,
  variables: Variables,
  { keyedDimensions }: GroupFields,
): readonly string[] {
  const isKeyed = (name: string) => [variables[name]].flat().some((value) => keyedDimensions.has(String(value)));
  return [...new Set([...orders, ...[...dimensions].filter(isKeyed)])].sort();
}

/** Null for a variable without a value, which is what an order without one means. */
export function inlineValues(
  operation: OperationDefinitionNode,
  names: readonly string[],
  { variables, schema }: { readonly variables: Variables; readonly schema: GraphQLSchema },
): ReadonlyMap<string, ValueNode> {
  const values = new Map<string, ValueNode>();
  for (const { variable, type: typeNode } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    if (!names.includes(name)) continue;
    const type = typeFromAST(schema, typeNode);
    const value = isInputType(type) ? astFromValue(variables[name] ?? null, type) : undefined;
    if (isInputType(type)) values.set(name, value ?? { kind: Kind.NULL });
  }
  return values;
}
