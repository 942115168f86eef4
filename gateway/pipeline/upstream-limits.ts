/** Limits of operations → limits of fetches of gateways above, which allow for what those add. */
import type { Limits } from '../model/limits.ts';

/** What a representation may hold, its keys and what others require. */
const VALUES_PER_ENTITY = 100;
/** Of the representation of an entity, as the record keeps it. */
const ENTITY_CHARACTERS = 512;

/** A gateway adds what its merge needs, each under a name of its own, and asks for many entities at a time. */
export function toUpstreamLimits(limits: Limits): Limits {
  const { tokensMax, fieldsMax, depthMax, entitiesPerCallMax, inputItemsMax, inputValuesMax, relayGrowthMax } = limits;
  const { recordTextMax, recordVariablesMax } = limits;
  return {
    ...limits,
    tokensMax: tokensMax * relayGrowthMax,
    fieldsMax: fieldsMax * relayGrowthMax,
    depthMax: depthMax * relayGrowthMax,
    aliasesMax: fieldsMax * relayGrowthMax,
    inputValuesMax: Math.max(inputValuesMax, entitiesPerCallMax * VALUES_PER_ENTITY),
    inputItemsMax: Math.max(inputItemsMax, entitiesPerCallMax),
    recordTextMax: recordTextMax * relayGrowthMax,
    recordVariablesMax: Math.max(recordVariablesMax, entitiesPerCallMax * ENTITY_CHARACTERS),
  };
}
