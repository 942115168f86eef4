/** The tree → the entities that a fetch asks for: objects with the same representation are one entity. */
import type { Path } from '../../model/errors.ts';
import type { EntityLookup } from '../../model/plan.ts';
import type { RouteTarget } from '../../model/platform/network.ts';
import type { CallRecord } from '../coverage/call-record.ts';
import { LOCATIONS_MAX, type LocatedObject, locateObjects } from '../tree/locate-objects.ts';
import type { TreeObject, TypeTest } from '../tree/tree.ts';
import { compileWalk } from '../tree/walk.ts';
import { compileRepresentation } from './representation.ts';

/** What one platform gave for one entity. */
export interface EntityResult {
  readonly target: RouteTarget | undefined;
  readonly record: CallRecord | undefined;
  /** Null if the platform does not have the entity. */
  value: TreeObject | null;
}

/** An object that is an entity, at one of its places in the tree. */
export interface LocatedEntity extends LocatedObject {
  /** The index of the path that leads to it, among those of the lookup. */
  readonly pathIndex: number;
}

export interface Entity {
  /** JSON text of its representation. */
  readonly text: string;
  /** The objects that are this entity; those at the same path are side by side. */
  readonly objects: TreeObject[];
  /** For each object the index of the path that leads to it; undefined if the lookup has one path. */
  readonly pathIndexes: number[] | undefined;
  /** How many platforms are asked for an entity that is routed by its key. */
  asked: number;
  /** What platforms gave for an entity that is routed by its key. */
  results: EntityResult[] | undefined;
  /** Parsed from the text when it is read first. */
  representation: Readonly<TreeObject> | undefined;
  readonly locate: Locate;
}

export type CollectEntities = (tree: TreeObject) => Entity[];

export function compileCollect(lookup: EntityLookup, isType: TypeTest): CollectEntities {
  const walks = lookup.paths.map((path) => compileWalk(path, isType));
  const hasOnePath = walks.length === 1;
  const writeRepresentation = compileRepresentation(lookup, isType);
  return (tree) => {
    const entities = new Map<string, Entity>();
    const locate = createLocator(lookup, tree, isType);
    // What was written to several places is one object, which a walk meets in each.
    const visited = new Set<TreeObject>();
    for (let pathIndex = 0; pathIndex < walks.length; pathIndex++) {
      const objects: TreeObject[] = [];
      walks[pathIndex]!(tree, objects);
      for (const object of objects) {
        const { size } = visited;
        if (visited.add(object).size === size) continue;
        const text = writeRepresentation(object);
        if (text === undefined) continue;
        const entity = entities.get(text);
        if (entity) {
          entity.objects.push(object);
          entity.pathIndexes?.push(pathIndex);
        } else entities.set(text, createEntity(text, object, hasOnePath ? undefined : [pathIndex], locate));
      }
    }
    return [...entities.values()];
  };
}

type Locate = (object: TreeObject) => readonly LocatedEntity[];

function createEntity(text: string, object: TreeObject, pathIndexes: number[] | undefined, locate: Locate): Entity {
  return { text, objects: [object], pathIndexes, asked: 0, results: undefined, representation: undefined, locate };
}

/** Objects → where they are. All of them are located when the first is asked for. */
function createLocator(lookup: EntityLookup, tree: TreeObject, isType: TypeTest): Locate {
  let locations: Map<TreeObject, LocatedEntity[]> | undefined;
  return (object) => {
    if (!locations) {
      locations = new Map();
      for (const [pathIndex, path] of lookup.paths.entries()) {
        for (const located of locateObjects(tree, path, isType, LOCATIONS_MAX)) {
          const others = locations.get(located.object);
          if (others) others.push({ ...located, pathIndex });
          else locations.set(located.object, [{ ...located, pathIndex }]);
        }
      }
    }
    return locations.get(object) ?? [];
  };
}

/** The first place of the entity, for messages that name one. */
export function firstPathOf(entity: Entity): Path {
  return entity.locate(entity.objects[0]!)[0]?.path ?? [];
}

/** Every place of the entity, which only problems need. */
export function locationsOf({ objects, locate }: Entity): LocatedEntity[] {
  return objects.flatMap(locate);
}

/** What an entity is routed by: its type and its keys. */
export function representationOf(entity: Entity): Readonly<TreeObject> {
  entity.representation ??= JSON.parse(entity.text) as TreeObject;
  return entity.representation;
}
