/** Splits an operation: introspection fields are answered from the view, and the rest goes to the engine. */
import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { inlineFragments } from '../../kit/graphql/inline-fragments.ts';
import { isIncluded } from '../../kit/graphql/is-included.ts';
import { responseKeyOf, selectedFields } from '../../kit/graphql/selections.ts';

export interface IntrospectionSplit {
  /** The result of `__schema`, `__type` and `__typename` at the root; undefined without `__schema` or `__type`. */
  readonly introspection: ExecutionResult | undefined;
  /** The rest of the operation; undefined if nothing is left. */
  readonly rest: DocumentNode | undefined;
  /** Response keys of all root fields in the client's order if both parts have some; otherwise none. */
  readonly order: readonly string[];
}

export interface SplitRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly coerced: Readonly<Record<string, unknown>>;
}

const SCHEMA_FIELDS = new Set(['__schema', '__type']);

/** The operation is valid, and `mentionsSchema` is true of the document. */
export function splitIntrospection({
  schema,
  document,
  operation,
  variables,
  coerced,
}: SplitRequest): IntrospectionSplit {
  const withFields = (keeps: (field: FieldNode) => boolean) => withRootFields(document, operation, keeps);
  const isAboutSchema = (field: FieldNode): boolean => SCHEMA_FIELDS.has(field.name.value);
  const isTypename = (field: FieldNode): boolean => field.name.value === '__typename';
  const rest = withFields((field) => !isAboutSchema(field));
  const isRestEmpty = rest === undefined || rootFieldsOf(rest, operation).every(isTypename);
  const schemaPart = withFields((field) => isAboutSchema(field) || (isRestEmpty && isTypename(field)));
  if (schemaPart === undefined) return { introspection: undefined, rest: document, order: [] };
  const introspection = executeSync({
    schema,
    document: schemaPart,
    variableValues: variables,
    ...(operation.name ? { operationName: operation.name.value } : {}),
  });
  if (isRestEmpty) return { introspection, rest: undefined, order: [] };
  return { introspection, rest, order: rootKeysOf(inlineFragments(document, operation.name?.value), coerced) };
}

/** Each at its first place. */
function rootKeysOf({ selectionSet }: OperationDefinitionNode, coerced: Readonly<Record<string, unknown>>): string[] {
  const keysIn = ({ selections }: SelectionSetNode): string[] =>
    selections.flatMap((selection) => {
      if (!isIncluded(selection, coerced) || selection.kind === Kind.FRAGMENT_SPREAD) return [];
      return selection.kind === Kind.FIELD ? responseKeyOf(selection) : keysIn(selection.selectionSet);
    });
  return [...new Set(keysIn(selectionSet))];
}

/** Only the query root has `__schema` and `__type`: a document without these names has nothing to split. */
export function mentionsSchema(document: DocumentNode): boolean {
  return document.definitions.some(
    (node) =>
      (node.kind === Kind.OPERATION_DEFINITION || node.kind === Kind.FRAGMENT_DEFINITION) &&
      selectedFields(node.selectionSet).some((field) => SCHEMA_FIELDS.has(field.name.value)),
  );
}

function rootFieldsOf(document: DocumentNode, operation: OperationDefinitionNode): FieldNode[] {
  const definition = document.definitions.find(
    (node) => node.kind === Kind.OPERATION_DEFINITION && node.name?.value === operation.name?.value,
  );
  return definition?.kind === Kind.OPERATION_DEFINITION ? selectedFields(definition.selectionSet) : [];
}

/** The operation alone, with some root fields and with fragments at the root inlined; undefined if no field is left. */
function withRootFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  keeps: (field: FieldNode) => boolean,
): DocumentNode | undefined {
  const fragments = document.definitions.filter(
    (node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION,
  );
  const filter = (selectionSet: SelectionSetNode): SelectionSetNode => ({
    ...selectionSet,
    selections: selectionSet.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return keeps(selection) ? [selection] : [];
      const inner =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : fragments.find((fragment) => fragment.name.value === selection.name.value)!;
      const selectionSet = filter(inner.selectionSet);
      if (selectionSet.selections.length === 0) return [];
      const { typeCondition } = inner;
      return [
        {
          kind: Kind.INLINE_FRAGMENT,
          selectionSet,
          ...(typeCondition ? { typeCondition } : {}),
          ...(selection.directives ? { directives: selection.directives } : {}),
        },
      ];
    }),
  });
  const selectionSet = filter(operation.selectionSet);
  if (selectionSet.selections.length === 0) return undefined;
  return { ...document, definitions: [{ ...operation, selectionSet }, ...usedFragments(selectionSet, fragments)] };
}

/** Drops fragments that are not spread any more: they may contain removed fields. */
function usedFragments(
  selectionSet: SelectionSetNode,
  fragments: readonly FragmentDefinitionNode[],
): FragmentDefinitionNode[] {
  const fragmentsUsed = new Set<FragmentDefinitionNode>();
  const collect = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FRAGMENT_SPREAD) {
        if (selection.selectionSet) collect(selection.selectionSet);
        continue;
      }
      const fragment = fragments.find((candidate) => candidate.name.value === selection.name.value);
      if (fragment === undefined || fragmentsUsed.has(fragment)) continue;
      fragmentsUsed.add(fragment);
      collect(fragment.selectionSet);
    }
  };
  collect(selectionSet);
  return [...fragmentsUsed];
}
