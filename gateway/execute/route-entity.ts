/** Which servers an entity is asked from: by its key, within the caller's rights. */
import { covers, intersect, type Region, regionOfKey } from '@yiwang/schema';
import { PublicError } from '../model/errors.ts';
import type { Home } from '../model/supergraph.ts';
import type { Engine, Run } from './context.ts';
import { type Entity, placesOf, representationOf } from './entity.ts';
import type { LookupProgram } from './lookup.ts';
import { type Server, serverOf } from './plain.ts';
import { coverRegion } from './unit.ts';

/** Empty where the entity is not in the caller's reach; undefined where nobody serves the subgraph. */
export function routeEntity(
  lookup: LookupProgram,
  entity: Entity,
  home: Home,
  run: Run,
  engine: Engine,
): readonly Server[] | undefined {
  if (home.kind === 'address' || home.partition === 'none') {
    const server = serverOf(home, run, engine);
    return server && [server];
  }
  const region = regionOfEntity(lookup, entity, run, engine);
  const targets = region.length === 0 ? [] : coverRegion(home, region, run, engine);
  if (targets.length === 0) for (const { path } of placesOf(entity)) run.ledger.silence(path);
  return targets.map((target) => ({ url: target.platform.url, target }));
}

function regionOfEntity(lookup: LookupProgram, entity: Entity, run: Run, engine: Engine): Region {
  const representation = representationOf(entity);
  const typename = String(representation.__typename);
  const key = engine.rules.entityKey(typename);
  if (!key) throw new Error(`${typename} is partitioned, but none of its key fields names a jurisdiction`);
  const value = String(representation[key.field]);
  const named = regionOfKey(key.form, value);
  const { region, division } = run.reach;
  if (key.isPublic) return named;
  if (key.form !== 'WITHIN' || run.form === 'relay') return intersect(named, region);
  if (covers(region, named)) return named;
  for (const { path } of placesOf(entity)) {
    for (const program of lookup.gathered.get(typename) ?? []) {
      const message = `"${value}" is beyond your jurisdiction, ${division}`;
      run.ledger.error(new PublicError('OUT_OF_SCOPE', message, { path: [...path, program.responseKey] }));
    }
  }
  return [];
}
