/** Whether the answer to a plan's only fetch is, as it comes, what the client gets: nothing to join, to order or to check. */
import {
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { inlineFragments } from '../kit/inline-fragments.ts';
import type { PlanNode, RootFetch } from '../model/plan.ts';

/** What the client is given, and the whole supergraph behind it. */
export interface Passage {
  /** Without named fragments and conditions, its response keys the client's own. */
  readonly operation: OperationDefinitionNode;
  readonly view: GraphQLSchema;
  readonly supergraph: GraphQLSchema;
}

/** The fetch, asking in the client's order; undefined where its answer has to be read. */
export function passableFetch(node: PlanNode | undefined, passage: Passage): RootFetch | undefined {
  if (node?.kind !== 'root-fetch' || node.outputRewrites.length > 0) return undefined;
  const fetched = inlineFragments(parse(node.operation, { noLocation: true }));
  const { operation } = passage;
  if (canonicalText(fetched.selectionSet) !== canonicalText(operation.selectionSet)) return undefined;
  if (!showsWhatThereIs(passage)) return undefined;
  return { ...node, operation: print({ ...fetched, selectionSet: operation.selectionSet }) };
}

/** Equal for selections that ask for the same, in whatever order. */
function canonicalText({ selections }: SelectionSetNode): string {
  const texts = selections.map((node: SelectionNode): string => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return print(node);
    const { selectionSet, ...head } = node;
    const below = selectionSet ? canonicalText(selectionSet) : '';
    return `${print(head as ASTNode)}${below}`;
  });
  return `{${texts.sort().join(' ')}}`;
}

/** True where every value and type that a subgraph may answer with is one that the view shows, under its own name. */
function showsWhatThereIs({ operation, view, supergraph }: Passage): boolean {
  const types = new TypeInfo(view);
  let shows = true;
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation] };
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: (node) => {
        const type = getNamedType(types.getType());
        const whole = type && supergraph.getType(type.name);
        if (isEnumType(type)) shows &&= isEnumType(whole) && whole.getValues().length === type.getValues().length;
        if (isAbstractType(type)) {
          shows &&=
            isAbstractType(whole) && supergraph.getPossibleTypes(whole).length === view.getPossibleTypes(type).length;
        }
        // A subgraph may have its root type under another name.
        const parent = types.getParentType();
        if (node.name.value === '__typename' && parent === view.getRootType(operation.operation)) shows = false;
      },
    }),
  );
  return shows;
}
