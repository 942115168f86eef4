/**
 * Finds plans in parts that leave something out of a part, so that the operation is planned whole instead. Apollo's
 * planner, which plans all operations with `@defer`, may leave out of a part what another part asks for. Every part is
 * checked against the fetches that are over when it is sent, for every type that its objects may have. Case:
 * `deferred-parts`.
 */
import { type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { responseKeyOf, selectedFields } from '../../../kit/graphql/selections.ts';
import type { PlanNode, PlanPath } from '../../../model/plan.ts';
import type { SubgraphTypes } from '../../../model/supergraph/subgraph-types.ts';
import { splitParts } from './part-operations.ts';
import { type DeferredFetches, listFetches, type PlannedFetch } from './planned-fetches.ts';

/** `operation` has neither named fragments nor conditions, and each `@defer` a label of its own. */
export function isDeferredPlanComplete(
  plan: PlanNode,
  operation: OperationDefinitionNode,
  types: SubgraphTypes,
): boolean {
  const planned = listFetches(plan);
  if (planned.fetches.some((fetch) => fetch.label !== undefined && renamesRequired(fetch.gives, fetch.requires)))
    return false;
  const context: VerifyContext = { types, positions: new Map(), verdicts: new Map(), ids: new Map() };
  const pending = planned.fetches.flatMap((fetch) => fetch.paths.map((path) => ({ fetch, path, at: 0 })));
  const root = positionOf(types.rootType(operation.operation), [], pending, context);
  return [...splitParts(operation)].every(([label, { requested, enclosingLabels }]) => {
    if (!startsInTime(label, enclosingLabels, planned)) return false;
    const finished = planned.fetches.filter((fetch) => [undefined, ...enclosingLabels, label].includes(fetch.label));
    return isComplete({ sets: [requested.selectionSet], finished: new Set(finished) }, root, context);
  });
}

/** The executor takes a part that has not started by the time it is due for one without fetches. */
function startsInTime(
  label: string | undefined,
  enclosing: readonly string[],
  { enclosingLabels }: DeferredFetches,
): boolean {
  const from = label === undefined ? undefined : enclosingLabels.get(label);
  return from === undefined || enclosing.includes(from);
}

/**
 * True if a fetch selects under another key what it requires of the objects. The planner does so with key fields of
 * objects that the same subgraph gave; if it cannot look them up by any key, the part would lack a value that is there
 * already.
 */
function renamesRequired(gives: SelectionSetNode, requires: SelectionSetNode | undefined): boolean {
  const required = selectedFields(requires, () => true);
  return selectedFields(gives, () => true).some((field) =>
    required.some(({ name, selectionSet }) => {
      if (name.value !== field.name.value || field.arguments?.length) return false;
      if (responseKeyOf(field) !== name.value) return true;
      return field.selectionSet !== undefined && renamesRequired(field.selectionSet, selectionSet);
    }),
  );
}

interface FetchedSet {
  readonly fetch: PlannedFetch;
  readonly set: SelectionSetNode;
}

/** A fetch on its way to its objects: `at` is the number of path segments behind it. */
interface PendingFetch {
  readonly fetch: PlannedFetch;
  readonly path: PlanPath;
  readonly at: number;
}

/** Objects that all fetches treat alike. Many paths may lead to one position. */
interface Position {
  readonly key: string;
  readonly type: string;
  readonly fetched: readonly FetchedSet[];
  readonly pending: readonly PendingFetch[];
  /** By type. */
  readonly byType: Map<string, TypedPosition>;
}

/** The objects of one type at a position. */
interface TypedPosition {
  readonly position: Position;
  readonly type: string;
  /** Whether a fetch for these objects runs for them. */
  readonly arrived: Map<PlannedFetch, boolean>;
  readonly below: Map<string, Position>;
}

interface VerifyContext {
  readonly types: SubgraphTypes;
  /** By type, fetched selection sets and pending fetches. */
  readonly positions: Map<string, Position>;
  /** Results of `isComplete`. */
  readonly verdicts: Map<string, boolean>;
  readonly ids: Map<object, number>;
}

/** Selections that objects must have. */
interface Requested {
  readonly sets: readonly SelectionSetNode[];
  /** The fetches that may have given them. */
  readonly finished: ReadonlySet<PlannedFetch>;
  /** True for the requirements of a fetch, which trusts the type that objects are said to have. */
  readonly isRequired?: boolean;
}

function isComplete(requested: Requested, position: Position, context: VerifyContext): boolean {
  const sets = requested.sets.map((set) => idOf(set, context)).join();
  const key = `${sets} ${idOf(requested.finished, context)} ${requested.isRequired} ${position.key}`;
  const cached = context.verdicts.get(key);
  if (cached !== undefined) return cached;
  const complete = context.types
    .possibleTypes(position.type)
    .every((type) => isCompleteFor(requested, objectsOf(position, type), context));
  context.verdicts.set(key, complete);
  return complete;
}

function isCompleteFor(
  { sets, finished, isRequired = false }: Requested,
  objects: TypedPosition,
  context: VerifyContext,
): boolean {
  const { types } = context;
  if (sets.some((set) => dependsOnType(set, objects.position.type, types)) && !isTypeKnown(objects, finished, context))
    return false;
  const fieldsByKey = new Map<string, FieldNode[]>();
  for (const field of sets.flatMap((set) => selectedFields(set, (on) => types.conditionMatches(on, objects.type)))) {
    fieldsByKey.set(responseKeyOf(field), [...(fieldsByKey.get(responseKeyOf(field)) ?? []), field]);
  }
  const fetchedKeys = new Set(fieldsFetchedFor(objects, finished, context).map(({ field }) => responseKeyOf(field)));
  return [...fieldsByKey].every(([key, fields]) => {
    const name = fields[0]!.name.value;
    if (name.startsWith('__') && !isRequired) return isTypeKnown(objects, finished, context);
    if (!fetchedKeys.has(key)) return false;
    const below = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (below.length === 0) return true;
    return isComplete({ sets: below, finished, isRequired }, positionBelow(objects, key, name, context), context);
  });
}

/** True if the selection differs between the object types of a position. */
function dependsOnType(set: SelectionSetNode, type: string, types: SubgraphTypes): boolean {
  return set.selections.some((node) => {
    if (node.kind !== Kind.INLINE_FRAGMENT) return false;
    const condition = node.typeCondition?.name.value;
    if (types.possibleTypes(type).some((possible) => !types.conditionMatches(condition, possible))) return true;
    return dependsOnType(node.selectionSet, type, types);
  });
}

/** A subgraph that has an interface as an object type gives the name of the interface. */
function isTypeKnown(objects: TypedPosition, finished: ReadonlySet<PlannedFetch>, context: VerifyContext): boolean {
  if (objects.type === objects.position.type) return true;
  return fieldsFetchedFor(objects, finished, context).some(
    ({ field, fetch }) =>
      responseKeyOf(field) === '__typename' && context.types.definesType(objects.type, fetch.subgraph),
  );
}

function fieldsFetchedFor(
  objects: TypedPosition,
  finished: ReadonlySet<PlannedFetch> | undefined,
  context: VerifyContext,
): { readonly field: FieldNode; readonly fetch: PlannedFetch }[] {
  const { position, type } = objects;
  const arrivedSets = position.pending.flatMap((pending): FetchedSet[] => {
    const isOver = finished?.has(pending.fetch) ?? true;
    return isOver && doesArrive(pending, objects, context) ? [{ fetch: pending.fetch, set: pending.fetch.gives }] : [];
  });
  return [...position.fetched.filter(({ fetch }) => finished?.has(fetch) ?? true), ...arrivedSets].flatMap(
    ({ fetch, set }) =>
      selectedFields(set, (on) => context.types.conditionMatches(on, type)).map((field) => ({ field, fetch })),
  );
}

/** True if a fetch for these objects finds all that it requires of them when it starts. */
function doesArrive(pending: PendingFetch, objects: TypedPosition, context: VerifyContext): boolean {
  const { fetch, path } = pending;
  if (nextFieldSegment(pending, objects, context) !== path.length) return false;
  if (!fetch.requires) return true;
  const cached = objects.arrived.get(fetch);
  if (cached !== undefined) return cached;
  const isFor = selectedFields(fetch.requires, (on) => context.types.conditionMatches(on, objects.type)).length > 0;
  const arrived =
    isFor && isCompleteFor({ sets: [fetch.requires], finished: fetch.before, isRequired: true }, objects, context);
  objects.arrived.set(fetch, arrived);
  return arrived;
}

/** The index of the next field segment, or the path's length; undefined if the path is for other types. */
function nextFieldSegment(
  { fetch, path, at }: PendingFetch,
  objects: TypedPosition,
  context: VerifyContext,
): number | undefined {
  const { types } = context;
  for (let i = at; i < path.length; i++) {
    const segment = path[i]!;
    if (segment.kind === 'field') return i;
    if (segment.kind === 'items') continue;
    const isFor = (type: string): boolean => segment.names.some((name) => types.conditionMatches(name, type));
    if (!isFor(objects.type)) return undefined;
    const isForAll = types.possibleTypes(objects.position.type).every(isFor);
    if (!isForAll && !isTypeKnown(objects, fetch.before, context)) return undefined;
  }
  return path.length;
}

function positionBelow(objects: TypedPosition, key: string, name: string, context: VerifyContext): Position {
  const cached = objects.below.get(key);
  if (cached) return cached;
  const fetched = fieldsFetchedFor(objects, undefined, context).flatMap(({ field, fetch }) =>
    responseKeyOf(field) === key && field.selectionSet ? { fetch, set: field.selectionSet } : [],
  );
  const pending = objects.position.pending.flatMap((one): PendingFetch[] => {
    const at = nextFieldSegment(one, objects, context);
    const segment = at === undefined ? undefined : one.path[at];
    return at !== undefined && segment?.kind === 'field' && segment.name === key ? [{ ...one, at: at + 1 }] : [];
  });
  const position = positionOf(context.types.fieldType(objects.type, name) ?? '', fetched, pending, context);
  objects.below.set(key, position);
  return position;
}

function positionOf(
  type: string,
  fetched: readonly FetchedSet[],
  pending: readonly PendingFetch[],
  context: VerifyContext,
): Position {
  const sets = fetched.map(({ fetch, set }) => `${fetch.index}:${idOf(set, context)}`);
  const ways = pending.map(({ fetch, path, at }) => `${fetch.index}:${idOf(path, context)}:${at}`);
  const key = `${type} ${sets.join()} ${ways.join()}`;
  const position = context.positions.get(key) ?? {
    key,
    type,
    fetched,
    pending,
    byType: new Map<string, TypedPosition>(),
  };
  context.positions.set(key, position);
  return position;
}

function objectsOf(position: Position, type: string): TypedPosition {
  const objects = position.byType.get(type) ?? { position, type, arrived: new Map(), below: new Map() };
  position.byType.set(type, objects);
  return objects;
}

function idOf(thing: object, { ids }: VerifyContext): number {
  const id = ids.get(thing) ?? ids.size;
  ids.set(thing, id);
  return id;
}
