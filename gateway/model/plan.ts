/** A query plan as data: planner adapters convert their plans to it, and the engine executes it. */

export type PlanNode =
  | { readonly kind: 'sequence'; readonly nodes: readonly PlanNode[] }
  | { readonly kind: 'parallel'; readonly nodes: readonly PlanNode[] }
  | RootFetch
  | EntityFetch
  | DeferNode;

/** A fetch of fields of a root type from one subgraph. */
export interface RootFetch {
  readonly kind: 'root-fetch';
  /** Set if deferred nodes depend on this fetch. */
  readonly id?: string;
  readonly subgraph: string;
  /** Nested objects of the query type that get the fields. Default: the root. */
  readonly at?: PlanPath;
  readonly operation: string;
  readonly operationKind: 'query' | 'mutation' | 'subscription';
  /** Variables of the client that the operation uses. */
  readonly variables: readonly string[];
  readonly outputRewrites: readonly Rewrite[];
}

/** A fetch of fields of entities by their keys from one subgraph. */
export interface EntityFetch {
  readonly kind: 'entity-fetch';
  /** Set if deferred nodes depend on this fetch. */
  readonly id?: string;
  readonly subgraph: string;
  readonly operation: string;
  readonly variables: readonly string[];
  readonly lookups: readonly EntityLookup[];
}

/** A plan with `@defer`: the primary node is answered first, each deferred one when it is ready. */
export interface DeferNode {
  readonly kind: 'defer';
  /** Undefined if the primary response needs no fetch. */
  readonly primary: PlanNode | undefined;
  readonly deferred: readonly DeferredNode[];
}

/** The plan of one deferred fragment. */
export interface DeferredNode {
  /** The label in the planned operation. */
  readonly label: string;
  /** Ids of the fetches that it depends on. */
  readonly depends: readonly string[];
  /** Its paths start at the root. Undefined if the fragment needs no fetch of its own. */
  readonly node: PlanNode | undefined;
}

/** One `_entities` field of an entity fetch. */
export interface EntityLookup {
  readonly responseKey: string;
  /** Name of the variable with the representations. */
  readonly variable: string;
  /** Paths of the entities in the response tree. */
  readonly paths: readonly PlanPath[];
  /** Selections of each representation. */
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
      /** Key in the representation, if not the name. */
      readonly alias?: string;
      readonly requires: readonly Requirement[];
    }
  | { readonly kind: 'fragment'; readonly type: string | undefined; readonly requires: readonly Requirement[] };

export type Rewrite =
  | { readonly kind: 'set'; readonly path: PlanPath; readonly value: unknown }
  | { readonly kind: 'rename'; readonly path: PlanPath; readonly to: string };
