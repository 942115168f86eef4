/** Variables of an operation by name, as subgraphs get them. */
import type { OperationDefinitionNode } from 'graphql';
import { evaluateLiteral } from './evaluate-literal.ts';

type Values = Readonly<Record<string, unknown>>;

/** Returns the values with aliases added. `aliases` maps an alias to the name of its value. */
export function addAliases(values: Values, aliases: ReadonlyMap<string, string>): Values {
  if (aliases.size === 0) return values;
  const aliased = [...aliases]
    .filter(([, name]) => Object.hasOwn(values, name))
    .map(([alias, name]) => [alias, values[name]]);
  return { ...values, ...Object.fromEntries(aliased) };
}

/**
 * Returns the default values of the operation's variables. A variable named like a member of every object, such as
 * `constructor`, always has an entry, so that it is undefined without a value.
 */
export function readVariableDefaults({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) => {
      const name = variable.name.value;
      if (defaultValue) return [[name, evaluateLiteral(defaultValue)]];
      return name in Object.prototype ? [[name, undefined]] : [];
    }),
  );
}
