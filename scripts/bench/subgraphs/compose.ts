/** URLs of the subgraphs → the supergraph that every target serves. */
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { readSdl, SUBGRAPH_NAMES, type SubgraphName } from './subgraph.ts';

/** Throws an `Error` that lists every composition error. */
export function composeSubgraphs(addressOf: (name: SubgraphName) => string): string {
  const result = composeServices(
    SUBGRAPH_NAMES.map((name) => ({ name, url: addressOf(name), typeDefs: parse(readSdl(name)) })),
  );
  if (result.supergraphSdl === undefined) {
    const faults = (result.errors ?? []).map((error) => error.message);
    throw new Error(`The subgraphs of the bench do not compose: ${faults.join('; ')}`);
  }
  return result.supergraphSdl;
}
