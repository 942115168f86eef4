/** Entity → the servers that are asked for it: by its key, within the caller's rights. */
import { containsRegion, intersect, NOWHERE, type Region, regionOfKey, type SubgraphAddress } from '@yiwang/schema';
import { PublicError } from '../../model/errors.ts';
import { coverRegion } from '../call/cover-region.ts';
import type { Destination } from '../call/destination.ts';
import { regionOfOrganisation, reportUnknownOrganisation } from '../call/find-organisation.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import { type Entity, firstPathOf, locationsOf, representationOf } from './collect-entities.ts';
import type { LookupProgram } from './lookup.ts';

/** Empty if the entity is not in the caller's scope. */
export function routeEntity(
  lookup: LookupProgram,
  entity: Entity,
  address: SubgraphAddress,
  run: Run,
  engine: ExecutionEngine,
): readonly Destination[] {
  const region = regionOfEntity(lookup, entity, run, engine);
  const targets = region.length === 0 ? [] : coverRegion(address, region, run, engine);
  if (targets.length === 0) for (const { path } of locationsOf(entity)) run.collector.suppress(path);
  return targets.map((target) => ({ url: target.platform.url, target }));
}

function regionOfEntity(lookup: LookupProgram, entity: Entity, run: Run, engine: ExecutionEngine): Region {
  const representation = representationOf(entity);
  const typename = String(representation.__typename);
  const key = engine.rules.jurisdictionKey(typename);
  if (!key) throw new Error(`${typename} is partitioned, but none of its key fields names a jurisdiction`);
  const value = String(representation[key.field]);
  const keyRegion = key.form === 'CREDIT_CODE' ? findOrganisation(value, entity, run) : regionOfKey(key.form, value);
  const { region, division } = run.scope;
  if (key.isPublic) return keyRegion;
  if (key.form !== 'WITHIN' || run.recipient === 'gateway') return intersect(keyRegion, region);
  if (containsRegion(region, keyRegion)) return keyRegion;
  for (const { path } of locationsOf(entity)) {
    for (const program of lookup.gathered.get(typename) ?? []) {
      const message = `"${value}" is beyond your jurisdiction, ${division}`;
      run.collector.addError(new PublicError('OUT_OF_SCOPE', message, { path: [...path, program.responseKey] }));
    }
  }
  return [];
}

function findOrganisation(code: string, entity: Entity, run: Run): Region {
  const region = regionOfOrganisation(code, run);
  if (!region) reportUnknownOrganisation(code, firstPathOf(entity), run);
  return region ?? NOWHERE;
}
