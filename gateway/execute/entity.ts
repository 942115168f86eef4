/** The entities that a fetch asks for: places in the tree with the same representation are one entity. */
import type { EntityLookup } from '../model/plan.ts';
import type { Target } from './context.ts';
import type { CallRecord } from './ledger.ts';
import { type Place, placesAt, representationOf, type TreeObject, type TypeTest } from './tree.ts';

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
  readonly representation: Readonly<TreeObject>;
  readonly places: EntityPlace[];
  readonly shares: EntityShare[];
}

export function collectEntities(lookup: EntityLookup, tree: TreeObject, isType: TypeTest): Entity[] {
  const entities = new Map<string, Entity>();
  for (const [lane, path] of lookup.paths.entries()) {
    for (const found of placesAt(tree, path, isType)) {
      const place: EntityPlace = { ...found, lane };
      const representation = representationOf(place.object, lookup, isType);
      if (!representation) continue;
      const key = JSON.stringify(representation);
      const entity = entities.get(key);
      if (entity) entity.places.push(place);
      else entities.set(key, { representation, places: [place], shares: [] });
    }
  }
  return [...entities.values()];
}
