/**
 * Types of a supergraph → whether an operation may meet an object whose interface some subgraph has as an object type
 * (`@interfaceObject`). The Rust planner leaves out what fragments on the types of such objects ask for.
 */
import { Kind, parse, type SelectionSetNode } from 'graphql';
import { inlineFragments } from '../../kit/graphql/inline-fragments.ts';
import type { SubgraphTypes } from '../../model/supergraph/subgraph-types.ts';

export type MeetsInterfaceObjects = (operation: string, operationName: string | undefined) => boolean;

/** Undefined if the supergraph has no such interface. */
export function createMeetsInterfaceObjects(types: SubgraphTypes): MeetsInterfaceObjects | undefined {
  const objects = new Set([...types.interfaceObjects].flatMap((type) => types.possibleTypes(type)));
  if (objects.size === 0) return undefined;
  /** By type and field. Kept, since a requirement may lead to further ones. */
  const requiresObject = new Map<string, boolean>();

  const isMet = (type: string): boolean => types.possibleTypes(type).some((possible) => objects.has(possible));
  const requiresOne = (type: string, field: string): boolean => {
    const key = `${type}.${field}`;
    const cached = requiresObject.get(key);
    if (cached !== undefined) return cached;
    requiresObject.set(key, false);
    const doesRequire = types.requirementsOf(type, field).some((set) => meets(set, type));
    requiresObject.set(key, doesRequire);
    return doesRequire;
  };
  const meets = ({ selections }: SelectionSetNode, type: string): boolean =>
    selections.some((node) => {
      if (node.kind === Kind.FRAGMENT_SPREAD) return false;
      if (node.kind === Kind.INLINE_FRAGMENT) return meets(node.selectionSet, node.typeCondition?.name.value ?? type);
      const name = node.name.value;
      if (types.possibleTypes(type).some((possible) => requiresOne(possible, name))) return true;
      const below = types.fieldType(type, name);
      return (
        below !== undefined && node.selectionSet !== undefined && (isMet(below) || meets(node.selectionSet, below))
      );
    });
  return (text, operationName) => {
    const operation = inlineFragments(parse(text, { noLocation: true }), operationName);
    return meets(operation.selectionSet, types.rootType(operation.operation));
  };
}
