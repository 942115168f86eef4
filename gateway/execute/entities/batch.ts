/** A fetch of entities, and the entities that go into one of its calls. */
import type { SubgraphLocation } from '../../model/supergraph.ts';
import type { WriteRequestBody } from '../call/request-body.ts';
import type { Destination } from '../single/single-server-fetch.ts';
import type { Entity } from './collect-entities.ts';
import type { LookupProgram } from './lookup.ts';

/** What stays the same from run to run of one fetch. */
export interface EntityFetchProgram {
  readonly subgraph: string;
  readonly lookups: readonly LookupProgram[];
  /** Stands for the query where reference data is kept. */
  readonly queryDigest: string;
  /** The client's variables that the query uses. */
  readonly variables: readonly string[];
  readonly writeBody: WriteRequestBody;
  readonly home: SubgraphLocation;
  /** True where each entity has places of its own to be asked from. */
  readonly isRouted: boolean;
  /** True where numbers may come that a double does not hold. */
  readonly isExact: boolean;
}

/** The entities of one call, for each lookup of the fetch. */
export interface Batch {
  readonly destination: Destination;
  readonly entities: readonly Entity[][];
  /** How many there are in all. */
  size: number;
}
