/** One `_entities` field of a fetch, compiled: how its entities are collected, asked for and written. */
import {
  type FieldNode,
  type InlineFragmentNode,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionSetNode,
} from 'graphql';
import { collectVariables } from '../../kit/graphql/collect-variables.ts';
import { inlineFragments } from '../../kit/graphql/inline-fragments.ts';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import { DIVISION_FIELD, type FieldProgram, HIDDEN_PREFIX } from '../../model/gather.ts';
import type { EntityFetch, EntityLookup } from '../../model/plan.ts';
import type { SubgraphLocation } from '../../model/supergraph/supergraph-rules.ts';
import type { ExecutionEngine } from '../context.ts';
import type { SharedPaths } from '../tree/prune.ts';
import { type CollectEntities, compileCollect } from './collect-entities.ts';
import { compileWriteEntity, compileWriteWhole, type WriteEntity } from './write-entity.ts';

export interface LookupProgram {
  readonly plan: EntityLookup;
  readonly collect: CollectEntities;
  /** The gathered fields by type name. One platform owns an entity of a type without any. */
  readonly gathered: ReadonlyMap<string, readonly FieldProgram[]>;
  /** The types whose ids lead to a whole city: their rows are asked for with their divisions. */
  readonly ofCities: ReadonlySet<string>;
  readonly write: WriteEntity;
  /** What is asked for of each entity. */
  readonly selection: SelectionSetNode | undefined;
  /** The response key if only one field is asked for: it makes paths more precise. */
  readonly soleField: readonly string[];
}

export interface Lookups {
  readonly lookups: readonly LookupProgram[];
  readonly query: string;
  /** Names of hidden variables, which are null in every call. */
  readonly hidden: readonly string[];
}

export function compileLookups(
  fetch: EntityFetch,
  location: SubgraphLocation,
  engine: ExecutionEngine,
  shared: SharedPaths,
): Lookups {
  const operation = inlineFragments(parse(fetch.operation, { noLocation: true }));
  const fields = operation.selectionSet.selections.filter((node): node is FieldNode => node.kind === Kind.FIELD);
  const isGathered = location.kind === 'directory' && location.partition !== 'none';
  const rewritten = new Map<FieldNode, FieldNode>();
  let number = 0;

  const lookups = fetch.lookups.map((plan): LookupProgram => {
    const node = fields.find((field) => responseKeyOf(field) === plan.responseKey);
    if (!node) throw new Error(`the fetch has no field "${plan.responseKey}"`);
    const gathered = new Map<string, FieldProgram[]>();
    const ofCities = new Set<string>();
    if (isGathered) {
      const selections = (node.selectionSet?.selections ?? []).map((fragment) =>
        fragment.kind === Kind.INLINE_FRAGMENT
          ? rewriteFragment(fragment, { gathered, ofCities, nextNumber: () => number++ }, engine)
          : fragment,
      );
      rewritten.set(node, { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections } });
    }
    return {
      plan,
      collect: compileCollect(plan, engine.isType),
      gathered,
      ofCities,
      // Gathered fields are asked for with more than the plan has, and come from the network's own platforms.
      write: isGathered ? compileWriteWhole(plan, engine) : compileWriteEntity(plan, node, shared, engine),
      selection: node.selectionSet,
      soleField: isGathered ? findSoleField(node, engine) : [],
    };
  });
  if (rewritten.size === 0) return { lookups, query: fetch.operation, hidden: [] };

  const hidden = lookups.flatMap(({ gathered }) => [...gathered.values()].flat().flatMap((program) => program.hidden));
  const hiddenDefinitions = hidden.map(({ name, type }) => `$${name}: ${type}`);
  const rewrittenFields = fields.map((field) => rewritten.get(field) ?? field);
  // A variable that a hidden one replaced is declared no more.
  const usedNames = new Set(rewrittenFields.flatMap((field) => [...collectVariables(field)]));
  const remaining = (operation.variableDefinitions ?? []).filter(({ variable }) => usedNames.has(variable.name.value));
  const variables = [...remaining.map(print), ...hiddenDefinitions].join(', ');
  const body = rewrittenFields.map(print).join(' ');
  return { lookups, query: `query(${variables}) { ${body} }`, hidden: hidden.map(({ name }) => name) };
}

interface FragmentContext {
  readonly gathered: Map<string, FieldProgram[]>;
  readonly ofCities: Set<string>;
  readonly nextNumber: () => number;
}

function rewriteFragment(
  fragment: InlineFragmentNode,
  { gathered, ofCities, nextNumber }: FragmentContext,
  engine: ExecutionEngine,
): InlineFragmentNode {
  const name = fragment.typeCondition?.name.value ?? '';
  const type = engine.schema.getType(name);
  if (!isObjectType(type)) return fragment;
  const selections = engine.steps.gather.fieldsOf(fragment.selectionSet).map((node) => {
    if (!engine.rules.gather(name, node.name.value)) return node;
    const program = engine.steps.gather.compile(node, type, nextNumber());
    gathered.set(name, [...(gathered.get(name) ?? []), program]);
    return program.node;
  });
  if (engine.rules.jurisdictionKey(name)?.form === 'CITY_ID') {
    ofCities.add(name);
    selections.push(DIVISION_FIELD);
  }
  return { ...fragment, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

function findSoleField(node: FieldNode, engine: ExecutionEngine): string[] {
  const fields = (node.selectionSet?.selections ?? [])
    .flatMap((selection) =>
      selection.kind === Kind.INLINE_FRAGMENT ? engine.steps.gather.fieldsOf(selection.selectionSet) : [],
    )
    .filter(({ alias }) => !alias?.value.startsWith(HIDDEN_PREFIX));
  return fields.length === 1 ? [responseKeyOf(fields[0]!)] : [];
}
