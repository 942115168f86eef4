/** Operation → its measures, fragments spread out: each fragment is measured once, so that the work grows with the text alone. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { LIMIT_RULES } from '../model/limits.ts';

/** Counts may be huge where fragments double one another, so they are bounded before anything walks the fields. */
export interface Shape {
  /** Of fields. */
  readonly depth: number;
  /** Of fields and fragments together. Beyond `NESTING_MEASURED_MAX` nothing is counted, here and in the other measures. */
  readonly nesting: number;
  /** Response keys down to the deepest field. */
  readonly deepest: Trail;
  readonly fields: number;
  readonly fragments: number;
  readonly aliases: number;
  readonly rootFields: number;
}

/** From the root on: each key with what is below it. */
export type Trail = { readonly key: string; readonly below: Trail } | undefined;

const EMPTY: Shape = { depth: 0, nesting: 0, deepest: undefined, fields: 0, fragments: 0, aliases: 0, rootFields: 0 };

/** More than any limit allows: what is nested deeper is not looked into, so that no text is too deep to be measured. */
const NESTING_MEASURED_MAX = LIMIT_RULES.nestingMax.max + 1;

/** Fragments that are unknown or go in a circle count as empty: validation refuses them. */
export function measureOperation(document: DocumentNode, operation: OperationDefinitionNode): Shape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const measured = new Map<string, Shape>();

  const ofFragment = (name: string, level: number): Shape => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, EMPTY);
    const fragment = fragments.get(name);
    const shape = fragment === undefined ? EMPTY : ofSelections(fragment.selectionSet, level);
    measured.set(name, shape);
    return shape;
  };

  const ofSelections = (selectionSet: SelectionSetNode, level: number): Shape => {
    if (level >= NESTING_MEASURED_MAX) return { ...EMPTY, nesting: 1 };
    return selectionSet.selections.map((selection) => ofSelection(selection, level)).reduce(join, EMPTY);
  };

  const ofSelection = (selection: SelectionNode, level: number): Shape => {
    switch (selection.kind) {
      case Kind.FIELD: {
        const below = selection.selectionSet === undefined ? EMPTY : ofSelections(selection.selectionSet, level + 1);
        return {
          depth: below.depth + 1,
          nesting: below.nesting + 1,
          deepest: { key: (selection.alias ?? selection.name).value, below: below.deepest },
          fields: below.fields + 1,
          fragments: below.fragments,
          aliases: below.aliases + (selection.alias === undefined ? 0 : 1),
          rootFields: 1,
        };
      }
      case Kind.INLINE_FRAGMENT:
        return within(ofSelections(selection.selectionSet, level + 1));
      case Kind.FRAGMENT_SPREAD:
        return within(ofFragment(selection.name.value, level + 1));
    }
  };

  return ofSelections(operation.selectionSet, 0);
}

function within(shape: Shape): Shape {
  return { ...shape, nesting: shape.nesting + 1, fragments: shape.fragments + 1 };
}

function join(a: Shape, b: Shape): Shape {
  const deeper = b.depth > a.depth ? b : a;
  return {
    depth: deeper.depth,
    nesting: Math.max(a.nesting, b.nesting),
    deepest: deeper.deepest,
    fields: add(a.fields, b.fields),
    fragments: add(a.fragments, b.fragments),
    aliases: add(a.aliases, b.aliases),
    rootFields: add(a.rootFields, b.rootFields),
  };
}

/** Never infinite, which JSON cannot say. */
function add(a: number, b: number): number {
  return Math.min(a + b, Number.MAX_SAFE_INTEGER);
}

/** The first keys of a trail. */
export function keysOf(trail: Trail, max: number): string[] {
  const keys: string[] = [];
  for (let at = trail; at && keys.length < max; at = at.below) keys.push(at.key);
  return keys;
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
