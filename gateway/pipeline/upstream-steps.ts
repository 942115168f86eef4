/** What the door for gateways above is handed: views of subgraphs instead of audiences, and bounds that allow for what they add. */
import { createGraphQLScalars } from '@yiwang/schema';
import { createAdmit } from '../admit/index.ts';
import type { UpstreamSteps } from '../http/index.ts';
import type { KeyedDigest } from '../kit/crypto/keyed-digest.ts';
import type { Limits } from '../model/limits.ts';
import { createUpstreamViews, type Supergraph, type Views } from '../supergraph/index.ts';
import type { Engine } from './engine.ts';

export interface UpstreamStepsOptions {
  readonly supergraph: Supergraph;
  /** What the views of audiences say of the supergraph. */
  readonly views: Pick<Views, 'classOf' | 'dimensions'>;
  readonly engine: Engine;
  readonly limits: Limits;
  /** Of values that the record does not keep in clear; undefined if nothing is put on record. */
  readonly digest?: KeyedDigest | undefined;
}

export function createUpstreamSteps({
  supergraph,
  views,
  engine,
  limits,
  digest,
}: UpstreamStepsOptions): UpstreamSteps {
  const { classOf, dimensions } = views;
  return {
    viewOf: createUpstreamViews(
      supergraph.api,
      (subgraph) => supergraph.planning.types.graphNameOf(subgraph),
      createGraphQLScalars(),
    ),
    admit: createAdmit({ limits: growLimits(limits), classOf, boundLists: true, dimensions, digest }),
    execute: (asked) => engine.executeUpstream(asked),
  };
}

/** What a representation may hold, its keys and what others require. */
const VALUES_PER_ENTITY = 100;
/** Of the representation of an entity, as the record keeps it. */
const ENTITY_CHARACTERS = 512;

/** A gateway adds what its merge needs, each under a name of its own, and asks for many entities at a time. */
function growLimits(limits: Limits): Limits {
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
