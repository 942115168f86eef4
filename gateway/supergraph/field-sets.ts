/** The field sets of Federation, as in `@key`, `@requires` and `@provides`. */
import { Kind, parse, type SelectionSetNode, visit } from 'graphql';

/** Throws an `Error` if the text is no field set. */
export function parseFieldSet(fieldSet: string): SelectionSetNode {
  const [definition] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`"${fieldSet}" is not a field set`);
  return definition.selectionSet;
}

/** The names of all fields of a field set, at any depth. */
export function fieldNamesIn(fieldSet: string): readonly string[] {
  const names: string[] = [];
  visit(parseFieldSet(fieldSet), { Field: ({ name }) => void names.push(name.value) });
  return names;
}
