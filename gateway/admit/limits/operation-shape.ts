/**
 * Operation → its measures with fragments inlined. Each fragment is measured once, so that the work grows with the text
 * alone.
 */
import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import { LIMIT_RULES } from '../../model/limits.ts';

/** Counts may be huge if fragments double one another: they are checked before anything visits the fields. */
export interface OperationShape {
  /** Depth of fields. */
  readonly depth: number;
  /**
   * Depth of fields and fragments together, in the whole document, since all of it is validated. Beyond
   * `NESTING_MEASURED_MAX` nothing is counted, in any measure.
   */
  readonly nesting: number;
  /** Response keys from the root to the deepest field. */
  readonly deepest: KeyTrail;
  readonly fields: number;
  readonly fragments: number;
  readonly aliases: number;
  readonly rootFields: number;
}

/** A response key with those below it. */
export type KeyTrail = { readonly key: string; readonly below: KeyTrail } | undefined;

const EMPTY: OperationShape = {
  depth: 0,
  nesting: 0,
  deepest: undefined,
  fields: 0,
  fragments: 0,
  aliases: 0,
  rootFields: 0,
};

/** Above every limit. Deeper selections are not visited, so that any text can be measured. */
const NESTING_MEASURED_MAX = LIMIT_RULES.nestingMax.max + 1;

/** Unknown fragments and cycles of fragments count as empty: validation refuses them. */
export function measureOperation(document: DocumentNode, operation: OperationDefinitionNode): OperationShape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const measured = new Map<string, OperationShape>();

  const measureFragment = (name: string, level: number): OperationShape => {
    const cached = measured.get(name);
    if (cached !== undefined) return cached;
    measured.set(name, EMPTY);
    const fragment = fragments.get(name);
    const shape = fragment === undefined ? EMPTY : measureSelections(fragment.selectionSet, level);
    measured.set(name, shape);
    return shape;
  };

  const measureSelections = (selectionSet: SelectionSetNode, level: number): OperationShape => {
    if (level >= NESTING_MEASURED_MAX) return { ...EMPTY, nesting: 1 };
    return selectionSet.selections.map((selection) => measureSelection(selection, level)).reduce(addShapes, EMPTY);
  };

  const measureSelection = (selection: SelectionNode, level: number): OperationShape => {
    switch (selection.kind) {
      case Kind.FIELD: {
        const below =
          selection.selectionSet === undefined ? EMPTY : measureSelections(selection.selectionSet, level + 1);
        return {
          depth: below.depth + 1,
          nesting: below.nesting + 1,
          deepest: { key: responseKeyOf(selection), below: below.deepest },
          fields: below.fields + 1,
          fragments: below.fragments,
          aliases: below.aliases + (selection.alias === undefined ? 0 : 1),
          rootFields: 1,
        };
      }
      case Kind.INLINE_FRAGMENT:
        return inFragment(measureSelections(selection.selectionSet, level + 1));
      case Kind.FRAGMENT_SPREAD:
        return inFragment(measureFragment(selection.name.value, level + 1));
    }
  };

  const nestingOf = (node: DefinitionNode): number => {
    if (node.kind === Kind.OPERATION_DEFINITION)
      return node === operation ? 0 : measureSelections(node.selectionSet, 0).nesting;
    return node.kind === Kind.FRAGMENT_DEFINITION ? measureFragment(node.name.value, 0).nesting : 0;
  };
  const shape = measureSelections(operation.selectionSet, 0);
  const nesting = document.definitions.reduce((most, node) => Math.max(most, nestingOf(node)), shape.nesting);
  return { ...shape, nesting };
}

function inFragment(shape: OperationShape): OperationShape {
  return { ...shape, nesting: shape.nesting + 1, fragments: shape.fragments + 1 };
}

function addShapes(a: OperationShape, b: OperationShape): OperationShape {
  const deeper = b.depth > a.depth ? b : a;
  return {
    depth: deeper.depth,
    nesting: Math.max(a.nesting, b.nesting),
    deepest: deeper.deepest,
    fields: addBounded(a.fields, b.fields),
    fragments: addBounded(a.fragments, b.fragments),
    aliases: addBounded(a.aliases, b.aliases),
    rootFields: addBounded(a.rootFields, b.rootFields),
  };
}

/** Finite, since JSON has no infinity. */
function addBounded(a: number, b: number): number {
  return Math.min(a + b, Number.MAX_SAFE_INTEGER);
}

/** The first keys of the trail. */
export function keysOf(trail: KeyTrail, max: number): string[] {
  const keys: string[] = [];
  for (let at = trail; at && keys.length < max; at = at.below) keys.push(at.key);
  return keys;
}

/** Measures of the text of a document. */
export interface TextMeasures {
  readonly directives: number;
  readonly fragmentDefinitions: number;
  /** Depth of lists and objects among literals. */
  readonly inputDepth: number;
}

export function measureText(document: DocumentNode): TextMeasures {
  const measures = { directives: 0, fragmentDefinitions: 0, inputDepth: 0 };
  let depth = 0;
  const value = {
    enter: () => {
      depth++;
      measures.inputDepth = Math.max(measures.inputDepth, depth);
    },
    leave: () => {
      depth--;
    },
  };
  visit(document, {
    Directive: () => {
      measures.directives++;
    },
    FragmentDefinition: () => {
      measures.fragmentDefinitions++;
    },
    ListValue: value,
    ObjectValue: value,
  });
  return measures;
}
