/**
 * Refuses nulls for the conditions of `@skip` and `@include`. A nullable variable with a default passes validation and
 * may be null.
 */
import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import { type Path, PublicError } from '../../model/errors.ts';

export interface NullableCondition {
  readonly variable: string;
  readonly directive: DirectiveNode;
  /** Of the field with the condition, or of the object that the fragment is on. */
  readonly path: Path;
}

const CONDITION_DIRECTIVES = new Set(['skip', 'include']);

/** The operation is valid. Each fragment is read at the first place that spreads it. */
export function findNullableConditions(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): NullableCondition[] {
  const nullable = new Set(
    (operation.variableDefinitions ?? [])
      .filter(({ type }) => type.kind !== Kind.NON_NULL_TYPE)
      .map(({ variable }) => variable.name.value),
  );
  if (nullable.size === 0) return [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const conditions: NullableCondition[] = [];
  const readDirectives = (directives: readonly DirectiveNode[], path: Path): void => {
    for (const directive of directives) {
      if (!CONDITION_DIRECTIVES.has(directive.name.value)) continue;
      const value = directive.arguments?.find(({ name }) => name.value === 'if')?.value;
      if (value?.kind !== Kind.VARIABLE || !nullable.has(value.name.value)) continue;
      conditions.push({ variable: value.name.value, directive, path });
    }
  };
  const readSelections = ({ selections }: SelectionSetNode, path: Path): void => {
    for (const selection of selections) {
      const isField = selection.kind === Kind.FIELD;
      const at = isField ? [...path, responseKeyOf(selection)] : path;
      readDirectives(selection.directives ?? [], at);
      if (selection.kind !== Kind.FRAGMENT_SPREAD) {
        if (selection.selectionSet) readSelections(selection.selectionSet, at);
        continue;
      }
      const fragment = fragments.get(selection.name.value);
      if (!fragment) continue;
      fragments.delete(selection.name.value);
      readSelections(fragment.selectionSet, at);
    }
  };
  readSelections(operation.selectionSet, []);
  return conditions;
}

/** One error for each null condition. `variables` are coerced. */
export function checkNullConditions(
  conditions: readonly NullableCondition[],
  variables: Readonly<Record<string, unknown>>,
): PublicError[] {
  return conditions
    .filter(({ variable }) => variables[variable] === null)
    .map(({ variable, directive, path }) => {
      const message = `Argument "if" of "@${directive.name.value}" must not be null, and the variable "$${variable}" is null.`;
      const extensions = { argument: 'if' };
      return new PublicError('BAD_USER_INPUT', message, { path, nodes: [directive], extensions });
    });
}
