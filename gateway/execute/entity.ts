/** The entities that a fetch asks for: places in the tree with the same representation are one entity. */
import type { Path } from '../model/errors.ts';
import type { EntityLookup } from '../model/plan.ts';
import type { Target } from './context.ts';
import type { CallRecord } from './ledger-call.ts';
import { compilePick } from './representation.ts';
import { PLACES_MAX, type Place, placesAt, type TreeObject, type TypeTest } from './tree.ts';
import { compileWalk } from './walk.ts';

/** What one platform gave for one entity: null where it does not have it. */
export interface EntityShare {
  readonly target: Target | undefined;
  readonly record: CallRecord | undefined;
  readonly value: TreeObject | null;
}

export interface EntityPlace extends Place {
  /** The index of the path that led here. */
  readonly lane: number;
}

export interface Entity {
  /** JSON text of its representation. */
  readonly text: string;
  /** The objects that are this entity, those of the same lane side by side in `objects` and `lanes`. */
  readonly objects: TreeObject[];
  readonly lanes: number[];
  readonly shares: EntityShare[];
  /** Read from the text when first asked for. */
  representation: Readonly<TreeObject> | undefined;
  readonly locate: Locate;
}

export type CollectEntities = (tree: TreeObject) => Entity[];

export function compileCollect(lookup: EntityLookup, isType: TypeTest): CollectEntities {
  const walks = lookup.paths.map((path) => compileWalk(path, isType));
  const pick = compilePick(lookup, isType);
  return (tree) => {
    const entities = new Map<string, Entity>();
    const locate = createLocator(lookup, tree, isType);
    // What was written to several places is one object, met in each.
    const met = new Set<TreeObject>();
    for (let lane = 0; lane < walks.length; lane++) {
      const found: TreeObject[] = [];
      walks[lane]!(tree, found);
      for (const object of found) {
        if (met.has(object)) continue;
        met.add(object);
        const text = pick(object);
        if (text === undefined) continue;
        const entity = entities.get(text);
        if (entity) {
          entity.objects.push(object);
          entity.lanes.push(lane);
        } else entities.set(text, createEntity(text, object, lane, locate));
      }
    }
    return [...entities.values()];
  };
}

type Locate = (object: TreeObject) => readonly EntityPlace[];

function createEntity(text: string, object: TreeObject, lane: number, locate: Locate): Entity {
  return { text, objects: [object], lanes: [lane], shares: [], representation: undefined, locate };
}

/** Objects → where they are; worked out for all of them when the first is asked for. */
function createLocator(lookup: EntityLookup, tree: TreeObject, isType: TypeTest): Locate {
  let known: Map<TreeObject, EntityPlace[]> | undefined;
  return (object) => {
    if (!known) {
      known = new Map();
      for (const [lane, path] of lookup.paths.entries()) {
        for (const place of placesAt(tree, path, isType, PLACES_MAX)) {
          const places = known.get(place.object);
          if (places) places.push({ ...place, lane });
          else known.set(place.object, [{ ...place, lane }]);
        }
      }
    }
    return known.get(object) ?? [];
  };
}

/** The path of the first place, for messages that name one. */
export function firstPathOf(entity: Entity): Path {
  return entity.locate(entity.objects[0]!)[0]?.path ?? [];
}

/** The places of an entity with their paths, which only what went wrong has a use for. */
export function placesOf({ objects, locate }: Entity): EntityPlace[] {
  return objects.flatMap(locate);
}

/** What an entity is routed by: its type and its keys. */
export function representationOf(entity: Entity): Readonly<TreeObject> {
  entity.representation ??= JSON.parse(entity.text) as TreeObject;
  return entity.representation;
}
