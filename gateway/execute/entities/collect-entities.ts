/** The entities that a fetch asks for: places in the tree with the same representation are one entity. */
import type { Path } from '../../model/errors.ts';
import type { EntityLookup } from '../../model/plan.ts';
import type { RouteTarget } from '../context.ts';
import type { CallRecord } from '../coverage/call-record.ts';
import { LOCATIONS_MAX, type LocatedObject, locateObjects, type TreeObject, type TypeTest } from '../tree/tree.ts';
import { compileWalk } from '../tree/walk.ts';
import { compileRepresentation } from './representation.ts';

/** What one platform gave for one entity: null where it does not have it. */
export interface EntityResult {
  readonly target: RouteTarget | undefined;
  readonly record: CallRecord | undefined;
  readonly value: TreeObject | null;
}

export interface LocatedEntity extends LocatedObject {
  /** The index of the path that led here. */
  readonly pathIndex: number;
}

export interface Entity {
  /** JSON text of its representation. */
  readonly text: string;
  /** The objects that are this entity, those of the same lane side by side in `objects` and `lanes`. */
  readonly objects: TreeObject[];
  readonly pathIndexes: number[];
  readonly results: EntityResult[];
  /** Read from the text when first asked for. */
  representation: Readonly<TreeObject> | undefined;
  readonly locate: Locate;
}

export type CollectEntities = (tree: TreeObject) => Entity[];

export function compileCollect(lookup: EntityLookup, isType: TypeTest): CollectEntities {
  const walks = lookup.paths.map((path) => compileWalk(path, isType));
  const pick = compileRepresentation(lookup, isType);
  return (tree) => {
    const entities = new Map<string, Entity>();
    const locate = createLocator(lookup, tree, isType);
    // What was written to several places is one object, met in each.
    const visited = new Set<TreeObject>();
    for (let pathIndex = 0; pathIndex < walks.length; pathIndex++) {
      const found: TreeObject[] = [];
      walks[pathIndex]!(tree, found);
      for (const object of found) {
        if (visited.has(object)) continue;
        visited.add(object);
        const text = pick(object);
        if (text === undefined) continue;
        const entity = entities.get(text);
        if (entity) {
          entity.objects.push(object);
          entity.pathIndexes.push(pathIndex);
        } else entities.set(text, createEntity(text, object, pathIndex, locate));
      }
    }
    return [...entities.values()];
  };
}

type Locate = (object: TreeObject) => readonly LocatedEntity[];

function createEntity(text: string, object: TreeObject, pathIndex: number, locate: Locate): Entity {
  return { text, objects: [object], pathIndexes: [pathIndex], results: [], representation: undefined, locate };
}

/** Objects → where they are; worked out for all of them when the first is asked for. */
function createLocator(lookup: EntityLookup, tree: TreeObject, isType: TypeTest): Locate {
  let locations: Map<TreeObject, LocatedEntity[]> | undefined;
  return (object) => {
    if (!locations) {
      locations = new Map();
      for (const [pathIndex, path] of lookup.paths.entries()) {
        for (const place of locateObjects(tree, path, isType, LOCATIONS_MAX)) {
          const places = locations.get(place.object);
          if (places) places.push({ ...place, pathIndex });
          else locations.set(place.object, [{ ...place, pathIndex }]);
        }
      }
    }
    return locations.get(object) ?? [];
  };
}

/** The path of the first place, for messages that name one. */
export function firstPathOf(entity: Entity): Path {
  return entity.locate(entity.objects[0]!)[0]?.path ?? [];
}

/** The places of an entity with their paths, which only what went wrong has a use for. */
export function locationsOf({ objects, locate }: Entity): LocatedEntity[] {
  return objects.flatMap(locate);
}

/** What an entity is routed by: its type and its keys. */
export function representationOf(entity: Entity): Readonly<TreeObject> {
  entity.representation ??= JSON.parse(entity.text) as TreeObject;
  return entity.representation;
}
