/** One `_entities` field of a fetch: its gathered fields compiled, and what came for an entity written to its places. */
import { type FieldNode, getArgumentValues, type InlineFragmentNode, isObjectType, Kind, parse, print } from 'graphql';
import { inlineFragments } from '../../kit/graphql/inline-fragments.ts';
import { usedVariables } from '../../kit/graphql/used-variables.ts';
import { PublicError } from '../../model/errors.ts';
import { type FieldProgram, HIDDEN_PREFIX } from '../../model/gather.ts';
import type { EntityFetch, EntityLookup } from '../../model/plan.ts';
import type { SubgraphLocation } from '../../model/supergraph.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import { catchFieldError, type FieldResult, isForPublic, mergeField } from '../gathered/merge-field.ts';
import { compilePrune, type Prune, type SharedPaths } from '../tree/prune.ts';
import { applyRewrite, mergeInto, type TreeObject } from '../tree/tree.ts';
import {
  type CollectEntities,
  compileCollect,
  type Entity,
  type EntityResult,
  firstPathOf,
  representationOf,
} from './collect-entities.ts';

export interface LookupProgram {
  readonly plan: EntityLookup;
  readonly collect: CollectEntities;
  /** The gathered fields by type name; a type without any is owned by one platform as a whole. */
  readonly gathered: ReadonlyMap<string, readonly FieldProgram[]>;
  readonly prune: Prune | undefined;
  /** The response key where only one field is asked for: it makes paths more telling. */
  readonly soleField: readonly string[];
}

export interface Lookups {
  readonly lookups: readonly LookupProgram[];
  readonly query: string;
  /** Hidden variables, which are null in every call. */
  readonly hidden: readonly string[];
}

export function compileLookups(
  fetch: EntityFetch,
  home: SubgraphLocation,
  engine: ExecutionEngine,
  shared: SharedPaths,
): Lookups {
  const operation = inlineFragments(parse(fetch.operation, { noLocation: true }));
  const fields = operation.selectionSet.selections.filter((node): node is FieldNode => node.kind === Kind.FIELD);
  const isGathered = home.kind === 'directory' && home.partition !== 'none';
  const rewritten = new Map<FieldNode, FieldNode>();
  let number = 0;

  const lookups = fetch.lookups.map((plan): LookupProgram => {
    const node = fields.find((field) => (field.alias?.value ?? field.name.value) === plan.responseKey);
    if (!node) throw new Error(`the fetch has no field "${plan.responseKey}"`);
    const gathered = new Map<string, FieldProgram[]>();
    if (isGathered) {
      const selections = (node.selectionSet?.selections ?? []).map((fragment) =>
        fragment.kind === Kind.INLINE_FRAGMENT ? rewriteFragment(fragment, gathered, engine, () => number++) : fragment,
      );
      rewritten.set(node, { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections } });
    }
    return {
      plan,
      collect: compileCollect(plan, engine.isType),
      gathered,
      // What is gathered is asked with more than the plan has, and comes from the network's own platforms.
      prune: isGathered ? undefined : node.selectionSet && compilePrune(node.selectionSet, plan.paths, shared),
      soleField: isGathered ? findSoleField(node, engine) : [],
    };
  });
  if (rewritten.size === 0) return { lookups, query: fetch.operation, hidden: [] };

  const hidden = lookups.flatMap(({ gathered }) => [...gathered.values()].flat().flatMap((program) => program.hidden));
  const hiddenDefinitions = hidden.map(({ name, type }) => `$${name}: ${type}`);
  const rewrittenFields = fields.map((field) => rewritten.get(field) ?? field);
  // Those whose place a hidden variable took are declared no more.
  const usedNames = new Set(rewrittenFields.flatMap((field) => [...usedVariables(field)]));
  const remaining = (operation.variableDefinitions ?? []).filter(({ variable }) => usedNames.has(variable.name.value));
  const variables = [...remaining.map(print), ...hiddenDefinitions].join(', ');
  const body = rewrittenFields.map(print).join(' ');
  return { lookups, query: `query(${variables}) { ${body} }`, hidden: hidden.map(({ name }) => name) };
}

function rewriteFragment(
  fragment: InlineFragmentNode,
  gathered: Map<string, FieldProgram[]>,
  engine: ExecutionEngine,
  nextNumber: () => number,
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
  return { ...fragment, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

/** Writes what the platforms gave for each entity to all of its places. */
export function mergeEntities(
  lookup: LookupProgram,
  entities: readonly Entity[],
  run: Run,
  engine: ExecutionEngine,
): void {
  const argumentsByProgram = new Map<FieldProgram, Arguments>();
  const argumentsOf = (program: FieldProgram): Arguments => {
    const args =
      argumentsByProgram.get(program) ??
      getArgumentValues(program.definition, program.clientNode, run.variables as Record<string, unknown>);
    argumentsByProgram.set(program, args);
    return args;
  };
  for (const entity of entities) mergeEntity(lookup, entity, argumentsOf, run, engine);
}

type Arguments = Readonly<Record<string, unknown>>;

function mergeEntity(
  lookup: LookupProgram,
  entity: Entity,
  argumentsOf: (program: FieldProgram) => Arguments,
  run: Run,
  engine: ExecutionEngine,
): void {
  const programs = lookup.gathered.size === 0 ? NO_PROGRAMS : (lookup.gathered.get(typenameOf(entity)) ?? NO_PROGRAMS);
  const present = entity.results.flatMap(({ value }) => (value ? [value] : []));
  if (present.length === 0 && programs.length === 0) return;
  if (programs.length === 0 && present.length > 1 && isConflict(present)) {
    const platformNames = entity.results.flatMap(({ target }) => target?.platform.id ?? []).join(' and ');
    const path = firstPathOf(entity);
    run.ledger.error(
      new PublicError('CONFLICT', `${platformNames} gave different answers to what one of them owns`, { path }),
    );
    return;
  }
  const value: TreeObject = programs.length === 0 ? present[0]! : { ...present[0] };
  for (const program of programs) {
    const at = [...firstPathOf(entity), program.responseKey];
    value[program.responseKey] = catchFieldError(program, at, run, () => {
      const results = entity.results.flatMap((result) => toFieldResult(result, program) ?? []);
      const args = argumentsOf(program);
      program.check(args, isForPublic(run));
      return mergeField({ program, results, args, path: at }, run, engine);
    });
  }
  writeEntity(lookup, entity, value, engine);
}

/** A platform may be asked for several entities at once, so that all that it owns may come. */
function toFieldResult(
  { target, record, value }: EntityResult,
  { responseKey }: FieldProgram,
): FieldResult | undefined {
  if (!target || !record) return undefined;
  const own = value?.[responseKey] ?? null;
  return { target, region: target.owns, record, value: own, problems: [], mayBeNull: true, contributors: [] };
}

/** Places of one path share what is written, since later fetches treat them alike; those of different paths may not. */
export function writeEntity(
  lookup: LookupProgram,
  { objects, pathIndexes }: Entity,
  value: TreeObject,
  engine: ExecutionEngine,
): void {
  lookup.prune?.(value);
  for (const rewrite of lookup.plan.outputRewrites) applyRewrite(value, rewrite, engine.isType);
  const first = pathIndexes[0]!;
  let copies: Map<number, TreeObject> | undefined;
  for (let i = 0; i < objects.length; i++) {
    const pathIndex = pathIndexes[i]!;
    let copy = value;
    if (pathIndex !== first) {
      copies ??= new Map();
      copy = copies.get(pathIndex) ?? structuredClone(value);
      copies.set(pathIndex, copy);
    }
    mergeInto(objects[i]!, copy, engine.isType);
  }
}

function typenameOf(entity: Entity): string {
  return String(representationOf(entity).__typename);
}

const NO_PROGRAMS: readonly FieldProgram[] = [];

function isConflict(values: readonly TreeObject[]): boolean {
  const text = JSON.stringify(values[0]);
  return values.some((value) => JSON.stringify(value) !== text);
}

function findSoleField(node: FieldNode, engine: ExecutionEngine): string[] {
  const fields = (node.selectionSet?.selections ?? [])
    .flatMap((selection) =>
      selection.kind === Kind.INLINE_FRAGMENT ? engine.steps.gather.fieldsOf(selection.selectionSet) : [],
    )
    .filter(({ alias }) => !alias?.value.startsWith(HIDDEN_PREFIX));
  return fields.length === 1 ? [fields[0]!.alias?.value ?? fields[0]!.name.value] : [];
}
