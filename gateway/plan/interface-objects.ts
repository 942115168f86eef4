/**
 * Supergraph → whether an operation may meet an object whose interface is an object type of some subgraph (`@interfaceObject`). Of such
 * objects, the Rust planner leaves out what is asked in fragments on their types.
 */
import { type DocumentNode, Kind, parse, type SelectionSetNode, valueFromASTUntyped } from 'graphql';
import { inlineFragments } from '../kit/inline-fragments.ts';
import { readSubgraphTypes } from './subgraph-types.ts';

export type MeetsInterfaceObjects = (operation: string, operationName: string | undefined) => boolean;

/** Undefined if the supergraph has none. */
export function readInterfaceObjects(supergraph: DocumentNode): MeetsInterfaceObjects | undefined {
  const types = readSubgraphTypes(supergraph);
  const objects = new Set([...types.interfaceObjects].flatMap((type) => types.possibleTypes(type)));
  if (objects.size === 0) return undefined;
  const required = requirementsIn(supergraph);
  /** By type and field, since what a field requires may require more. */
  const requiring = new Map<string, boolean>();

  const isMet = (type: string): boolean => types.possibleTypes(type).some((possible) => objects.has(possible));
  const requiresOne = (type: string, field: string): boolean => {
    const key = `${type}.${field}`;
    const known = requiring.get(key);
    if (known !== undefined) return known;
    requiring.set(key, false);
    const found = (required.get(key) ?? []).some((set) => meets(set, type));
    requiring.set(key, found);
    return found;
  };
  const meets = ({ selections }: SelectionSetNode, type: string): boolean =>
    selections.some((node) => {
      if (node.kind === Kind.FRAGMENT_SPREAD) return false;
      if (node.kind === Kind.INLINE_FRAGMENT) return meets(node.selectionSet, node.typeCondition?.name.value ?? type);
      const name = node.name.value;
      if (types.possibleTypes(type).some((possible) => requiresOne(possible, name))) return true;
      const below = types.typeIn(type, name);
      return (
        below !== undefined && node.selectionSet !== undefined && (isMet(below) || meets(node.selectionSet, below))
      );
    });
  return (text, operationName) => {
    const operation = inlineFragments(parse(text, { noLocation: true }), operationName);
    return meets(operation.selectionSet, types.rootType(operation.operation));
  };
}

/** By type and field: the field sets that `@requires` has. */
function requirementsIn(supergraph: DocumentNode): Map<string, SelectionSetNode[]> {
  const found = new Map<string, SelectionSetNode[]>();
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const { name, directives = [] } of type.fields ?? []) {
      const sets = directives.flatMap(({ arguments: given = [] }) =>
        given.flatMap((argument) =>
          argument.name.value === 'requires' ? fieldSet(String(valueFromASTUntyped(argument.value))) : [],
        ),
      );
      if (sets.length > 0) found.set(`${type.name.value}.${name.value}`, sets);
    }
  }
  return found;
}

function fieldSet(fields: string): SelectionSetNode {
  return inlineFragments(parse(`{ ${fields} }`, { noLocation: true })).selectionSet;
}
