/** A fetch of entities, and the entities that go into one of its calls. */
import type { Home } from '../model/supergraph.ts';
import type { WriteBody } from './call-body.ts';
import type { Entity } from './entity.ts';
import type { LookupProgram } from './lookup.ts';
import type { Server } from './plain.ts';

/** What stays the same from run to run of one fetch. */
export interface FetchProgram {
  readonly subgraph: string;
  readonly lookups: readonly LookupProgram[];
  /** Stands for the query where reference data is kept. */
  readonly shelfName: string;
  /** The client's variables that the query uses. */
  readonly variables: readonly string[];
  readonly writeBody: WriteBody;
  readonly home: Home;
  /** True where each entity has places of its own to be asked from. */
  readonly isRouted: boolean;
  /** True where numbers may come that a double does not hold. */
  readonly isExact: boolean;
}

/** The entities of one call, for each lookup of the fetch. */
export interface Batch {
  readonly server: Server;
  readonly entities: readonly Entity[][];
  /** How many there are in all. */
  size: number;
}
