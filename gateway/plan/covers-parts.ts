/**
 * Operation with `@defer`, and its plan → whether each part comes to all that it asks for: by the fetches that are over when it is shown,
 * for every type that its objects may have. Planners may leave out of a part what another one asks for.
 */
import { type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { PlanNode, PlanPath } from '../model/plan.ts';
import { type Fetch, fetchesOf, type PlannedFetches } from './fetches-of.ts';
import { readPartOperations } from './part-operations.ts';
import type { SubgraphTypes } from './subgraph-types.ts';

/** `operation` has neither named fragments nor conditions, and each `@defer` a label of its own. */
export function coversParts(plan: PlanNode, operation: OperationDefinitionNode, types: SubgraphTypes): boolean {
  const planned = fetchesOf(plan);
  if (planned.fetches.some((fetch) => fetch.label !== undefined && asksAgain(fetch.gives, fetch.requires)))
    return false;
  const scene = { types, places: new Map(), known: new Map(), names: new Map() };
  const coming = planned.fetches.flatMap((fetch) => fetch.paths.map((path) => ({ fetch, path, at: 0 })));
  const root = placeOf(types.rootType(operation.operation), [], coming, scene);
  return [...readPartOperations(operation)].every(([label, { asked, within }]) => {
    if (!beginsInTime(label, within, planned)) return false;
    const over = planned.fetches.filter((fetch) => [undefined, ...within, label].includes(fetch.label));
    return isCovered({ sets: [asked.selectionSet], over: new Set(over) }, root, scene);
  });
}

/** A part that is not under way when it is asked for is taken for one without fetches. */
function beginsInTime(label: string | undefined, around: readonly string[], { within }: PlannedFetches): boolean {
  const from = label === undefined ? undefined : within.get(label);
  return from === undefined || around.includes(from);
}

/**
 * True where a fetch gives under another key what the objects had to have for it. Planners ask so of keys of what the same subgraph gave,
 * which may know it by no key, so that a part would be without what is at hand.
 */
function asksAgain(gives: SelectionSetNode, requires: SelectionSetNode | undefined): boolean {
  const required = fieldsIn(requires, () => true);
  return fieldsIn(gives, () => true).some((field) =>
    required.some(({ name, selectionSet }) => {
      if (name.value !== field.name.value || field.arguments?.length) return false;
      if (keyOf(field) !== name.value) return true;
      return field.selectionSet !== undefined && asksAgain(field.selectionSet, selectionSet);
    }),
  );
}

interface Given {
  readonly fetch: Fetch;
  readonly set: SelectionSetNode;
}

/** A fetch on its way to the objects that it is about, `at` so many segments of the path. */
interface Coming {
  readonly fetch: Fetch;
  readonly path: PlanPath;
  readonly at: number;
}

/** Where objects are that all fetches treat alike: many ways may lead to it. */
interface Place {
  readonly key: string;
  readonly type: string;
  readonly given: readonly Given[];
  readonly coming: readonly Coming[];
  /** By type. */
  readonly views: Map<string, View>;
}

/** The objects of one type at a place. */
interface View {
  readonly place: Place;
  readonly type: string;
  /** Whether a fetch that is about these objects gives them something. */
  readonly arrived: Map<Fetch, boolean>;
  readonly below: Map<string, Place>;
}

interface Scene {
  readonly types: SubgraphTypes;
  /** By what is given and comes there. */
  readonly places: Map<string, Place>;
  /** What was found already. */
  readonly known: Map<string, boolean>;
  readonly names: Map<object, number>;
}

/** What is wanted of objects. */
interface Asked {
  readonly sets: readonly SelectionSetNode[];
  /** The fetches that may give it. */
  readonly over: ReadonlySet<Fetch>;
  /** True for what a fetch requires, which takes objects for what they are said to be. */
  readonly isRequired?: boolean;
}

function isCovered(asked: Asked, place: Place, scene: Scene): boolean {
  const sets = asked.sets.map((set) => nameOf(set, scene)).join();
  const key = `${sets} ${nameOf(asked.over, scene)} ${asked.isRequired} ${place.key}`;
  const known = scene.known.get(key);
  if (known !== undefined) return known;
  const covered = scene.types
    .possibleTypes(place.type)
    .every((type) => isCoveredFor(asked, viewOf(place, type), scene));
  scene.known.set(key, covered);
  return covered;
}

function isCoveredFor({ sets, over, isRequired = false }: Asked, view: View, scene: Scene): boolean {
  const { types } = scene;
  if (sets.some((set) => tellsTypes(set, view.place.type, types)) && !isTypeKnown(view, over, scene)) return false;
  const found = new Map<string, FieldNode[]>();
  for (const field of sets.flatMap((set) => fieldsIn(set, (on) => types.applies(on, view.type)))) {
    found.set(keyOf(field), [...(found.get(keyOf(field)) ?? []), field]);
  }
  const given = new Set(givenTo(view, over, scene).map(({ field }) => keyOf(field)));
  return [...found].every(([key, fields]) => {
    const name = fields[0]!.name.value;
    if (name.startsWith('__') && !isRequired) return isTypeKnown(view, over, scene);
    if (!given.has(key)) return false;
    const below = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (below.length === 0) return true;
    return isCovered({ sets: below, over, isRequired }, placeBelow(view, key, name, scene), scene);
  });
}

/** True where it makes a difference what objects at a place of the type are. */
function tellsTypes(set: SelectionSetNode, type: string, types: SubgraphTypes): boolean {
  return set.selections.some((node) => {
    if (node.kind !== Kind.INLINE_FRAGMENT) return false;
    const condition = node.typeCondition?.name.value;
    if (types.possibleTypes(type).some((possible) => !types.applies(condition, possible))) return true;
    return tellsTypes(node.selectionSet, type, types);
  });
}

/** A subgraph that has an interface as an object type names that. */
function isTypeKnown(view: View, over: ReadonlySet<Fetch>, scene: Scene): boolean {
  if (view.type === view.place.type) return true;
  return givenTo(view, over, scene).some(
    ({ field, fetch }) => keyOf(field) === '__typename' && scene.types.hasType(view.type, fetch.subgraph),
  );
}

function givenTo(
  view: View,
  over: ReadonlySet<Fetch> | undefined,
  scene: Scene,
): { readonly field: FieldNode; readonly fetch: Fetch }[] {
  const { place, type } = view;
  const arrived = place.coming.flatMap((coming): Given[] => {
    const isOver = over?.has(coming.fetch) ?? true;
    return isOver && arrives(coming, view, scene) ? [{ fetch: coming.fetch, set: coming.fetch.gives }] : [];
  });
  return [...place.given.filter(({ fetch }) => over?.has(fetch) ?? true), ...arrived].flatMap(({ fetch, set }) =>
    fieldsIn(set, (on) => scene.types.applies(on, type)).map((field) => ({ field, fetch })),
  );
}

/** True for a fetch about these objects that they have all for, when it begins. */
function arrives(coming: Coming, view: View, scene: Scene): boolean {
  const { fetch, path } = coming;
  if (segmentFrom(coming, view, scene) !== path.length) return false;
  if (!fetch.requires) return true;
  const known = view.arrived.get(fetch);
  if (known !== undefined) return known;
  const isFor = fieldsIn(fetch.requires, (on) => scene.types.applies(on, view.type)).length > 0;
  const arrived = isFor && isCoveredFor({ sets: [fetch.requires], over: fetch.before, isRequired: true }, view, scene);
  view.arrived.set(fetch, arrived);
  return arrived;
}

/** The next segment that is a field, or the path's length; undefined where the path is for other types than this. */
function segmentFrom({ fetch, path, at }: Coming, view: View, scene: Scene): number | undefined {
  const { types } = scene;
  for (let i = at; i < path.length; i++) {
    const segment = path[i]!;
    if (segment.kind === 'field') return i;
    if (segment.kind === 'items') continue;
    const isFor = (type: string): boolean => segment.names.some((name) => types.applies(name, type));
    if (!isFor(view.type)) return undefined;
    const isForAll = types.possibleTypes(view.place.type).every(isFor);
    if (!isForAll && !isTypeKnown(view, fetch.before, scene)) return undefined;
  }
  return path.length;
}

function placeBelow(view: View, key: string, name: string, scene: Scene): Place {
  const known = view.below.get(key);
  if (known) return known;
  const given = givenTo(view, undefined, scene).flatMap(({ field, fetch }) =>
    keyOf(field) === key && field.selectionSet ? { fetch, set: field.selectionSet } : [],
  );
  const coming = view.place.coming.flatMap((one): Coming[] => {
    const at = segmentFrom(one, view, scene);
    const segment = at === undefined ? undefined : one.path[at];
    return at !== undefined && segment?.kind === 'field' && segment.name === key ? [{ ...one, at: at + 1 }] : [];
  });
  const place = placeOf(scene.types.typeIn(view.type, name) ?? '', given, coming, scene);
  view.below.set(key, place);
  return place;
}

function placeOf(type: string, given: readonly Given[], coming: readonly Coming[], scene: Scene): Place {
  const sets = given.map(({ fetch, set }) => `${fetch.index}:${nameOf(set, scene)}`);
  const ways = coming.map(({ fetch, path, at }) => `${fetch.index}:${nameOf(path, scene)}:${at}`);
  const key = `${type} ${sets.join()} ${ways.join()}`;
  const place = scene.places.get(key) ?? { key, type, given, coming, views: new Map<string, View>() };
  scene.places.set(key, place);
  return place;
}

function viewOf(place: Place, type: string): View {
  const view = place.views.get(type) ?? { place, type, arrived: new Map(), below: new Map() };
  place.views.set(type, view);
  return view;
}

function nameOf(thing: object, { names }: Scene): number {
  const name = names.get(thing) ?? names.size;
  names.set(thing, name);
  return name;
}

/** The fields of a selection set and of those fragments in it that apply. */
function fieldsIn(set: SelectionSetNode | undefined, applies: (condition: string | undefined) => boolean): FieldNode[] {
  return (set?.selections ?? []).flatMap((node) => {
    if (node.kind === Kind.FIELD) return node;
    if (node.kind === Kind.FRAGMENT_SPREAD || !applies(node.typeCondition?.name.value)) return [];
    return fieldsIn(node.selectionSet, applies);
  });
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
