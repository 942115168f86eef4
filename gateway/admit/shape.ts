/** Operation → its measures, fragments spread out: each fragment is measured once, so that the work grows with the text alone. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** Counts may be huge where fragments double one another, so they are bounded before anything walks the fields. */
export interface Shape {
  readonly depth: number;
  /** Response keys down to the deepest field. */
  readonly deepest: readonly string[];
  readonly fields: number;
  readonly aliases: number;
  readonly rootFields: number;
}

const EMPTY: Shape = { depth: 0, deepest: [], fields: 0, aliases: 0, rootFields: 0 };

/** Fragments that are unknown or go in a circle count as empty: validation refuses them. */
export function measureOperation(document: DocumentNode, operation: OperationDefinitionNode): Shape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const measured = new Map<string, Shape>();

  const ofFragment = (name: string): Shape => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, EMPTY);
    const fragment = fragments.get(name);
    const shape = fragment === undefined ? EMPTY : ofSelections(fragment.selectionSet);
    measured.set(name, shape);
    return shape;
  };

  const ofSelections = (selectionSet: SelectionSetNode): Shape => {
    let total = EMPTY;
    for (const selection of selectionSet.selections) {
      switch (selection.kind) {
        case Kind.FIELD: {
          const below = selection.selectionSet === undefined ? EMPTY : ofSelections(selection.selectionSet);
          total = join(total, {
            depth: below.depth + 1,
            deepest: [(selection.alias ?? selection.name).value, ...below.deepest],
            fields: below.fields + 1,
            aliases: below.aliases + (selection.alias === undefined ? 0 : 1),
            rootFields: 1,
          });
          break;
        }
        case Kind.INLINE_FRAGMENT:
          total = join(total, ofSelections(selection.selectionSet));
          break;
        case Kind.FRAGMENT_SPREAD:
          total = join(total, ofFragment(selection.name.value));
          break;
      }
    }
    return total;
  };

  return ofSelections(operation.selectionSet);
}

function join(a: Shape, b: Shape): Shape {
  const deeper = b.depth > a.depth ? b : a;
  return {
    depth: deeper.depth,
    deepest: deeper.deepest,
    fields: a.fields + b.fields,
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
  };
}

export function countDirectives(document: DocumentNode): number {
  let count = 0;
  visit(document, {
    Directive: () => {
      count++;
    },
  });
  return count;
}
