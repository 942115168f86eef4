/** A query plan as data: what every planner adapter turns its own plans into, and what the engine runs. */

export type PlanNode =
  | { readonly kind: 'sequence'; readonly nodes: readonly PlanNode[] }
  | { readonly kind: 'parallel'; readonly nodes: readonly PlanNode[] }
  | RootFetch
  | EntityFetch
  | DeferNode;

/** Fields of the query or mutation type, read from one subgraph. */
export interface RootFetch {
  readonly kind: 'root-fetch';
  /** Where deferred parts depend on it. */
  readonly id?: string;
  readonly subgraph: string;
  /** Objects of the query type inside the answer that take the fields; the root if left out. */
  readonly at?: PlanPath;
  readonly operation: string;
  readonly operationKind: 'query' | 'mutation' | 'subscription';
  /** The client's variables that the operation uses. */
  readonly variables: readonly string[];
  readonly outputRewrites: readonly Rewrite[];
}

/** Fields of entities that are in the tree already, read from one subgraph by their keys. */
export interface EntityFetch {
  readonly kind: 'entity-fetch';
  /** Where deferred parts depend on it. */
  readonly id?: string;
  readonly subgraph: string;
  readonly operation: string;
  readonly variables: readonly string[];
  readonly lookups: readonly EntityLookup[];
}

/** An answer that is given in parts: the primary one at once, each deferred one when it is there. */
export interface DeferNode {
  readonly kind: 'defer';
  /** Undefined where nothing of it has to be fetched. */
  readonly primary: PlanNode | undefined;
  readonly deferred: readonly DeferredNode[];
}

/** What one `@defer` gives. */
export interface DeferredNode {
  /** As in the operation that was planned. */
  readonly label: string;
  /** Ids of the fetches that go before. */
  readonly depends: readonly string[];
  /** Its paths begin at the root, as all do. Undefined where the part needs no fetch of its own. */
  readonly node: PlanNode | undefined;
}

/** One `_entities` field of an entity fetch. */
export interface EntityLookup {
  /** Response key of the `_entities` field. */
  readonly responseKey: string;
  /** Name of the variable that takes the representations. */
  readonly variable: string;
  /** Where in the tree the entities are. */
  readonly paths: readonly PlanPath[];
  /** What each representation carries. */
  readonly requires: readonly Requirement[];
  readonly inputRewrites: readonly Rewrite[];
  readonly outputRewrites: readonly Rewrite[];
}

export type PlanPath = readonly PlanPathSegment[];
export type PlanPathSegment =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'items' }
  | { readonly kind: 'types'; readonly names: readonly string[] };

export type Requirement =
  | {
      readonly kind: 'field';
      readonly name: string;
      /** Under which it goes into the representation, where that is not its name. */
      readonly alias?: string;
      readonly requires: readonly Requirement[];
    }
  | { readonly kind: 'fragment'; readonly type: string | undefined; readonly requires: readonly Requirement[] };

export type Rewrite =
  | { readonly kind: 'set'; readonly path: PlanPath; readonly value: unknown }
  | { readonly kind: 'rename'; readonly path: PlanPath; readonly to: string };
