/** A plan → its fetches: what each requires, what it gives, and which fetches are over when it starts. */
import { type FieldNode, Kind, parse, type SelectionNode, type SelectionSetNode } from 'graphql';
import { inlineFragments } from '../../../kit/graphql/inline-fragments.ts';
import { responseKeyOf } from '../../../kit/graphql/selections.ts';
import type { EntityFetch, PlanNode, PlanPath, Requirement, Rewrite, RootFetch } from '../../../model/plan.ts';
import { keysOf, selectionSetOf } from '../../selections.ts';

export interface PlannedFetch {
  /** Position in the plan. */
  readonly index: number;
  /** Of the deferred part that it is for; undefined for the primary part. */
  readonly label: string | undefined;
  readonly subgraph: string;
  /** To its objects; the root has no segment. */
  readonly paths: readonly PlanPath[];
  /** What it requires of its objects, with the response keys of the tree; undefined for root fields. */
  readonly requires: SelectionSetNode | undefined;
  /** What it adds to its objects, with the response keys of the tree. */
  readonly gives: SelectionSetNode;
  /** The fetches that are over when it starts, in any order of the others. */
  readonly before: ReadonlySet<PlannedFetch>;
}

export interface DeferredFetches {
  readonly fetches: readonly PlannedFetch[];
  /** By the label of each deferred part: the label of the part in which it starts; undefined for the primary part. */
  readonly enclosingLabels: ReadonlyMap<string, string | undefined>;
}

const NONE: ReadonlySet<PlannedFetch> = new Set();

export function listFetches(plan: PlanNode): DeferredFetches {
  const fetches: PlannedFetch[] = [];
  const byId = new Map<string, PlannedFetch[]>();
  const enclosingLabels = new Map<string, string | undefined>();

  const add = (
    node: RootFetch | EntityFetch,
    label: string | undefined,
    before: ReadonlySet<PlannedFetch>,
  ): Set<PlannedFetch> => {
    const shared = { label, subgraph: node.subgraph, before };
    const { selectionSet } = inlineFragments(parse(node.operation, { noLocation: true }));
    const aspects =
      node.kind === 'root-fetch'
        ? [{ paths: [node.at ?? []], requires: undefined, gives: applyRenames(selectionSet, node.outputRewrites) }]
        : node.lookups.map(({ paths, requires, responseKey, outputRewrites }) => {
            const field = selectionSet.selections.find((one): one is FieldNode => isUnder(one, responseKey));
            const gives = applyRenames(field?.selectionSet ?? selectionSetOf([]), outputRewrites);
            return { paths, requires: selectionSetOf(requires.map(selectionOf)), gives };
          });
    const added = aspects.map((aspect, i): PlannedFetch => ({ index: fetches.length + i, ...shared, ...aspect }));
    fetches.push(...added);
    if (node.id !== undefined) byId.set(node.id, added);
    return new Set(added);
  };
  const read = (
    node: PlanNode,
    label: string | undefined,
    before: ReadonlySet<PlannedFetch>,
  ): ReadonlySet<PlannedFetch> => {
    switch (node.kind) {
      case 'sequence':
        return node.nodes.reduce((done, child) => union(done, read(child, label, union(before, done))), NONE);
      case 'parallel':
        return node.nodes.reduce((done, child) => union(done, read(child, label, before)), NONE);
      case 'root-fetch':
      case 'entity-fetch':
        return add(node, label, before);
      case 'defer': {
        const done = node.primary ? read(node.primary, label, before) : NONE;
        for (const part of node.deferred) {
          enclosingLabels.set(part.label, label);
          const awaited = part.depends.flatMap((id) => byId.get(id) ?? []);
          const over = awaited.reduce((all, fetch) => union(all, new Set([...fetch.before, fetch])), before);
          if (part.node) read(part.node, part.label, over);
        }
        return done;
      }
    }
  };
  read(plan, undefined, NONE);
  return { fetches, enclosingLabels };
}

function union(a: ReadonlySet<PlannedFetch>, b: ReadonlySet<PlannedFetch>): ReadonlySet<PlannedFetch> {
  return new Set([...a, ...b]);
}

function selectionOf(requirement: Requirement): SelectionNode {
  const selections = requirement.requires.map(selectionOf);
  if (requirement.kind === 'field') {
    const name = { kind: Kind.NAME, value: requirement.name } as const;
    return { kind: Kind.FIELD, name, ...(selections.length > 0 ? { selectionSet: selectionSetOf(selections) } : {}) };
  }
  const { type } = requirement;
  const name = type === undefined ? undefined : ({ kind: Kind.NAME, value: type } as const);
  const condition = name ? { typeCondition: { kind: Kind.NAMED_TYPE, name } as const } : {};
  return { kind: Kind.INLINE_FRAGMENT, ...condition, selectionSet: selectionSetOf(selections) };
}

/** The set with the response keys that its values have in the tree. */
function applyRenames(set: SelectionSetNode, rewrites: readonly Rewrite[]): SelectionSetNode {
  return rewrites.reduce((renamed, rewrite) => {
    if (rewrite.kind !== 'rename') return renamed;
    return applyRenameAt(renamed, keysOf(rewrite.path), rewrite.to);
  }, set);
}

function applyRenameAt(set: SelectionSetNode, [name, ...below]: readonly string[], to: string): SelectionSetNode {
  if (name === undefined) return set;
  const selections = set.selections.map((node): SelectionNode => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return node;
    if (node.kind === Kind.INLINE_FRAGMENT) {
      return { ...node, selectionSet: applyRenameAt(node.selectionSet, [name, ...below], to) };
    }
    if (!isUnder(node, name)) return node;
    if (below.length === 0) return { ...node, alias: { kind: Kind.NAME, value: to } };
    return node.selectionSet ? { ...node, selectionSet: applyRenameAt(node.selectionSet, below, to) } : node;
  });
  return selectionSetOf(selections);
}

function isUnder(node: SelectionNode, key: string): boolean {
  return node.kind === Kind.FIELD && responseKeyOf(node) === key;
}
