/**
 * Repairs fetches that their subgraph refuses (OverlappingFieldsCanBeMerged): fields of different types under one
 * response name. Plans of the Rust planner have them in entity fetches and below the first level; other repairs may add
 * them to plans of both. Such fields get aliases in the fetch, and lose them in its response. Case:
 * `conflicting-types`.
 */
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
} from 'graphql';
import { inlineFragments } from '../../../kit/graphql/inline-fragments.ts';
import { responseKeyOf } from '../../../kit/graphql/selections.ts';
import type { EntityFetch, PlanPath, Rewrite, RootFetch } from '../../../model/plan.ts';
import type { SubgraphTypes } from '../../../model/supergraph/subgraph-types.ts';
import { groupBy, withAliases } from '../../selections.ts';

/** Returns the fetch itself if nothing is in conflict. */
export function aliasTypeConflicts<T extends RootFetch | EntityFetch>(fetch: T, types: SubgraphTypes): T {
  if (!fetch.operation.includes('...')) return fetch;
  const operation = inlineUnique(parse(fetch.operation, { noLocation: true }));
  const context: AliasContext = { subgraph: fetch.subgraph, types, aliases: new Map() };
  const aliased =
    fetch.kind === 'root-fetch'
      ? aliasRootFetch(fetch, operation, context)
      : aliasEntityFetch(fetch, operation, context);
  if (context.aliases.size === 0) return fetch;
  const selectionSet = withAliases(operation.selectionSet, context.aliases);
  return { ...(aliased as T), operation: print({ ...operation, selectionSet }) };
}

interface AliasContext {
  readonly subgraph: string;
  readonly types: SubgraphTypes;
  readonly aliases: Map<FieldNode, string>;
}

/** A selection set, and the type of the objects that it is for. */
interface TypedSelection {
  readonly set: SelectionSetNode;
  readonly type: string;
}

interface TypedField {
  readonly node: FieldNode;
  readonly parent: string;
}

/** Inlines fragments. No node occurs twice, since aliases are kept by node. */
function inlineUnique(document: DocumentNode): OperationDefinitionNode {
  const inlined = inlineFragments(document);
  if (document.definitions.length === 1) return inlined;
  return parse(print(inlined), { noLocation: true }).definitions[0] as OperationDefinitionNode;
}

function aliasRootFetch(fetch: RootFetch, { selectionSet }: OperationDefinitionNode, context: AliasContext): RootFetch {
  const type = context.types.rootType(fetch.operationKind);
  const rewrites = aliasSets([{ set: selectionSet, type }], [], context);
  return { ...fetch, outputRewrites: [...rewrites, ...fetch.outputRewrites] };
}

function aliasEntityFetch(fetch: EntityFetch, operation: OperationDefinitionNode, context: AliasContext): EntityFetch {
  const fields = typedFieldsIn({ set: operation.selectionSet, type: '' });
  const lookups = fetch.lookups.map((lookup) => {
    const set = fields.find(({ node }) => responseKeyOf(node) === lookup.responseKey)?.node.selectionSet;
    if (!set) return lookup;
    const rewrites = aliasSets([{ set, type: '_Entity' }], [], context);
    return { ...lookup, outputRewrites: [...rewrites, ...lookup.outputRewrites] };
  });
  return { ...fetch, lookups };
}

/** The selection sets of one place → the rewrites that undo the aliases which it sets, deeper ones first. */
function aliasSets(typed: readonly TypedSelection[], path: PlanPath, context: AliasContext): Rewrite[] {
  const { types, subgraph, aliases } = context;
  const byKey = groupBy(typed.flatMap(typedFieldsIn), ({ node }) => responseKeyOf(node));
  const rewrites: Rewrite[] = [];
  for (const [key, fields] of byKey) {
    const byShape = groupBy(fields, ({ node, parent }) => types.responseShapeOf(parent, node.name.value, subgraph));
    let name = key;
    let number = 0;
    for (const same of byShape.values()) {
      const at: PlanPath = [...path, { kind: 'field', name }];
      const below = same.flatMap(({ node, parent }): TypedSelection[] => {
        const type = types.subgraphFieldType(parent, node.name.value, subgraph);
        return node.selectionSet && type !== undefined ? [{ set: node.selectionSet, type }] : [];
      });
      if (below.length > 0) rewrites.push(...aliasSets(below, at, context));
      if (name !== key) {
        for (const { node } of same) aliases.set(node, name);
        rewrites.push({ kind: 'rename', path: at, to: key });
      }
      do name = `${key}__${++number}`;
      while (byKey.has(name));
    }
  }
  return rewrites;
}

function typedFieldsIn({ set, type }: TypedSelection): TypedField[] {
  return set.selections.flatMap((node): TypedField[] => {
    if (node.kind === Kind.FIELD) return [{ node, parent: type }];
    if (node.kind === Kind.FRAGMENT_SPREAD) return [];
    return typedFieldsIn({ set: node.selectionSet, type: node.typeCondition?.name.value ?? type });
  });
}
