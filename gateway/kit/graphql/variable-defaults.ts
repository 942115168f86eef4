/** The variables of an operation by name, as they are handed to subgraphs. */
import type { OperationDefinitionNode } from 'graphql';
import { literalValue } from './literal-value.ts';

type Values = Readonly<Record<string, unknown>>;

/** The same under further names: `names` has the name that a value is under by the one that it is to be under, too. */
export function withAliases(values: Values, aliases: ReadonlyMap<string, string>): Values {
  if (aliases.size === 0) return values;
  const aliased = [...aliases]
    .filter(([, name]) => Object.hasOwn(values, name))
    .map(([own, name]) => [own, values[name]]);
  return { ...values, ...Object.fromEntries(aliased) };
}

/**
 * Values of variables that the client left to the operation. A variable that is called as a member of every object, such as `constructor`, has
 * an entry in any case, so that one without a value is undefined.
 */
export function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) => {
      const name = variable.name.value;
      if (defaultValue) return [[name, literalValue(defaultValue)]];
      return name in Object.prototype ? [[name, undefined]] : [];
    }),
  );
}
