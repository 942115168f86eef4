/**
 * An entity fetch → the same fetch with several lookups in place of one. Repairs of literals and of required arguments
 * use it.
 */
import { type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode, visit } from 'graphql';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import type { EntityFetch, EntityLookup } from '../../model/plan.ts';

/** Takes the place of a lookup, or of a part of one. */
export interface LookupPart {
  readonly lookup: EntityLookup;
  readonly set: SelectionSetNode;
}

export type SplitFetch = Pick<EntityFetch, 'lookups'> &
  Pick<OperationDefinitionNode, 'selectionSet' | 'variableDefinitions'>;

/**
 * `operation` is the fetch's, without named fragments. Each part of a lookup but the first gets a response key and a
 * variable of its own.
 */
export function splitLookups(
  { lookups }: EntityFetch,
  operation: OperationDefinitionNode,
  partsOf: (lookup: EntityLookup, set: SelectionSetNode) => readonly LookupPart[],
): SplitFetch {
  const variableDefinitions = [...(operation.variableDefinitions ?? [])];
  const split = lookups.flatMap((whole) => {
    const node = operation.selectionSet.selections.find(
      (one): one is FieldNode => one.kind === Kind.FIELD && responseKeyOf(one) === whole.responseKey,
    );
    const definition = variableDefinitions.find(({ variable }) => variable.name.value === whole.variable);
    if (!node?.selectionSet || !definition) throw new Error(`the fetch has no field "${whole.responseKey}"`);
    return partsOf(whole, node.selectionSet).map(({ lookup, set }, i) => {
      if (i === 0) return { lookup, node: { ...node, selectionSet: set } };
      const responseKey = `${whole.responseKey}__${i}`;
      const name = { kind: Kind.NAME, value: `${whole.variable}__${i}` } as const;
      variableDefinitions.push({ ...definition, variable: { kind: Kind.VARIABLE, name } });
      const renamed: FieldNode = visit(node, {
        Variable: () => ({ kind: Kind.VARIABLE, name }),
        SelectionSet: () => false,
      });
      const alias = { kind: Kind.NAME, value: responseKey } as const;
      return {
        lookup: { ...lookup, responseKey, variable: name.value },
        node: { ...renamed, alias, selectionSet: set },
      };
    });
  });
  return {
    lookups: split.map(({ lookup }) => lookup),
    selectionSet: { kind: Kind.SELECTION_SET, selections: split.map(({ node }) => node) },
    variableDefinitions,
  };
}
