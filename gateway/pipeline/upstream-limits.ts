/**
 * Limits of operations → limits of fetches of upstream gateways, which are larger than the operations of their clients.
 */
import type { Limits } from '../model/limits.ts';

/** Values of a representation: its keys and required fields. */
const VALUES_PER_ENTITY = 100;
/** Characters of a representation in the record. */
const ENTITY_CHARACTERS = 512;

/** A gateway adds aliased fields for its merge, and fetches many entities at once. */
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
