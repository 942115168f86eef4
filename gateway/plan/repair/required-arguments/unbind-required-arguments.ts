/**
 * Repairs `@requires` with arguments in plans of both planners, which know one value of a field at one place, whatever
 * its arguments are. They plan with the bound fields of `supergraph/planning/bind-required-arguments.ts`. Here a plan
 * gets the subgraphs' fields back: a fetch asks for the field with its arguments under the bound field's key, and
 * representations have it under its name. A representation has one value of a field, so that a lookup whose fields
 * require several values is split. Case: `requires-arguments`.
 */
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { inlineFragments } from '../../../kit/graphql/inline-fragments.ts';
import { selectedFields } from '../../../kit/graphql/selections.ts';
import type {
  EntityFetch,
  EntityLookup,
  PlanNode,
  PlanPath,
  Requirement,
  Rewrite,
  RootFetch,
} from '../../../model/plan.ts';
import type { BoundField } from '../../../model/supergraph/planning-supergraph.ts';
import type { SubgraphTypes } from '../../../model/supergraph/subgraph-types.ts';
import { type LookupPart, splitLookups } from '../split-lookups.ts';

type BoundFieldsByName = ReadonlyMap<string, BoundField>;

export function unbindRequiredArguments(node: PlanNode, fields: BoundFieldsByName, types: SubgraphTypes): PlanNode {
  const unbind = (child: PlanNode): PlanNode => unbindRequiredArguments(child, fields, types);
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return { ...node, nodes: node.nodes.map(unbind) };
    case 'defer': {
      const deferred = node.deferred.map((part) => ({ ...part, node: part.node && unbind(part.node) }));
      return { ...node, primary: node.primary && unbind(node.primary), deferred };
    }
    case 'root-fetch':
      return unbindRootFetch(node, fields);
    case 'entity-fetch':
      return unbindEntityFetch(node, fields, types);
  }
}

function unbindRootFetch(fetch: RootFetch, fields: BoundFieldsByName): RootFetch {
  const document = parse(fetch.operation, { noLocation: true });
  const unbound = unbindFields(document, fields);
  return unbound === document ? fetch : { ...fetch, operation: print(unbound) };
}

function unbindEntityFetch(fetch: EntityFetch, fields: BoundFieldsByName, types: SubgraphTypes): EntityFetch {
  const document = parse(fetch.operation, { noLocation: true });
  const isPlain = !fetch.lookups.some(({ requires }) => hasBoundField(requires, fields));
  if (isPlain) {
    const unbound = unbindFields(document, fields);
    return unbound === document ? fetch : { ...fetch, operation: print(unbound) };
  }
  const operation = inlineFragments(document);
  const { lookups, ...split } = splitLookups(fetch, operation, (lookup, set) =>
    splitByRequires(lookup, set, { fields, types, subgraph: fetch.subgraph }),
  );
  const unbound: OperationDefinitionNode = unbindFields({ ...operation, ...split }, fields);
  return { ...fetch, lookups: lookups.map((lookup) => unbindLookup(lookup, fields)), operation: print(unbound) };
}

function hasBoundField(requires: readonly Requirement[], fields: BoundFieldsByName): boolean {
  return requires.some(
    (one) => (one.kind === 'field' && fields.has(one.alias ?? one.name)) || hasBoundField(one.requires, fields),
  );
}

/** Returns the same node if it has no bound field. */
function unbindFields<T extends DocumentNode | OperationDefinitionNode>(node: T, fields: BoundFieldsByName): T {
  return visit(node, {
    Field: (field: FieldNode) => {
      const original = fields.get(field.name.value);
      if (!original) return undefined;
      const name = { kind: Kind.NAME, value: original.name } as const;
      return { ...field, alias: field.alias ?? field.name, name, arguments: original.arguments };
    },
  });
}

function unbindLookup(lookup: EntityLookup, fields: BoundFieldsByName): EntityLookup {
  const nameOf = (name: string): string => fields.get(name)?.name ?? name;
  const requirement = (one: Requirement): Requirement => {
    const requires = one.requires.map(requirement);
    if (one.kind === 'fragment') return { ...one, requires };
    const key = nameOf(one.alias ?? one.name);
    return { kind: 'field', name: one.name, ...(key === one.name ? {} : { alias: key }), requires };
  };
  const pathOf = (path: PlanPath): PlanPath =>
    path.map((segment) => (segment.kind === 'field' ? { kind: 'field', name: nameOf(segment.name) } : segment));
  const rewriteOf = (rewrite: Rewrite): Rewrite =>
    rewrite.kind === 'rename'
      ? { ...rewrite, path: pathOf(rewrite.path), to: nameOf(rewrite.to) }
      : { ...rewrite, path: pathOf(rewrite.path) };
  return { ...lookup, requires: lookup.requires.map(requirement), inputRewrites: lookup.inputRewrites.map(rewriteOf) };
}

interface SplitContext {
  readonly fields: BoundFieldsByName;
  readonly types: SubgraphTypes;
  readonly subgraph: string;
}

/** Fields of one lookup whose requirements are compatible. */
interface RequirementGroup {
  readonly requirements: SelectionSetNode[];
  readonly nodes: Set<FieldNode>;
}

function splitByRequires(
  lookup: EntityLookup,
  set: SelectionSetNode,
  { fields, types, subgraph }: SplitContext,
): LookupPart[] {
  const groups: RequirementGroup[] = [];
  const free: FieldNode[] = [];
  const assign = ({ selections }: SelectionSetNode, type: string): void => {
    for (const node of selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) assign(node.selectionSet, node.typeCondition?.name.value ?? type);
      if (node.kind !== Kind.FIELD) continue;
      const requirement = types.requirementOf(type, node.name.value, subgraph);
      if (!requirement) {
        free.push(node);
        continue;
      }
      const compatible = groups.find(({ requirements }) => areCompatible([...requirements, requirement], fields));
      const group = compatible ?? { requirements: [], nodes: new Set() };
      if (!compatible) groups.push(group);
      group.requirements.push(requirement);
      group.nodes.add(node);
    }
  };
  assign(set, '_Entity');
  if (groups.length <= 1) return [{ lookup, set }];
  for (const node of free) groups[0]!.nodes.add(node);
  return groups.map(({ requirements, nodes }) => ({
    lookup: { ...lookup, requires: requiredBy(requirements, lookup.requires, fields) },
    set: onlyFields(set, nodes),
  }));
}

/** True if no two bound fields go into one place of a representation. */
function areCompatible(requirements: readonly SelectionSetNode[], fields: BoundFieldsByName): boolean {
  const names = new Map<string, string>();
  const below = new Map<string, SelectionSetNode[]>();
  for (const { name, selectionSet } of requirements.flatMap((set) => selectedFields(set))) {
    const key = fields.get(name.value)?.name ?? name.value;
    if ((names.get(key) ?? name.value) !== name.value) return false;
    names.set(key, name.value);
    if (selectionSet) below.set(key, [...(below.get(key) ?? []), selectionSet]);
  }
  return [...below.values()].every((sets) => areCompatible(sets, fields));
}

/** Drops requirements that share a place of the representation with a required one; keeps all others. */
function requiredBy(
  requirements: readonly SelectionSetNode[],
  requires: readonly Requirement[],
  fields: BoundFieldsByName,
): Requirement[] {
  const requiredFields = requirements.flatMap((set) => selectedFields(set));
  const names = new Map<string, Set<string>>();
  const boundNameOf = (own: string): string => fields.get(own)?.name ?? own;
  for (const { alias, name } of requirementsIn(requires)) {
    const own = alias ?? name;
    names.set(boundNameOf(own), (names.get(boundNameOf(own)) ?? new Set()).add(own));
  }
  const filter = (candidates: readonly Requirement[]): Requirement[] =>
    candidates.flatMap((one): Requirement[] => {
      if (one.kind === 'fragment') return [{ ...one, requires: filter(one.requires) }];
      const own = one.alias ?? one.name;
      const matching = requiredFields.filter(({ name }) => name.value === own);
      if (names.get(boundNameOf(own))!.size > 1 && matching.length === 0) return [];
      const below = matching.flatMap(({ selectionSet }) => selectionSet ?? []);
      return [{ ...one, requires: requiredBy(below, one.requires, fields) }];
    });
  return filter(requires);
}

function requirementsIn(requires: readonly Requirement[]): Extract<Requirement, { kind: 'field' }>[] {
  return requires.flatMap((one) => (one.kind === 'field' ? one : requirementsIn(one.requires)));
}

function onlyFields(set: SelectionSetNode, nodes: ReadonlySet<FieldNode>): SelectionSetNode {
  const selections = set.selections.flatMap((node): SelectionNode[] => {
    if (node.kind === Kind.FIELD) return nodes.has(node) ? [node] : [];
    if (node.kind === Kind.FRAGMENT_SPREAD) return [];
    const selectionSet = onlyFields(node.selectionSet, nodes);
    return selectionSet.selections.length > 0 ? [{ ...node, selectionSet }] : [];
  });
  return { ...set, selections };
}
