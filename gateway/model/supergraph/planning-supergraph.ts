/** A supergraph as planning needs it. */
import type { ArgumentNode } from 'graphql';
import type { Overrides } from './overrides.ts';
import type { SubgraphTypes } from './subgraph-types.ts';

/** A field with the arguments that a bound field stands for. */
export interface BoundField {
  readonly name: string;
  readonly arguments: readonly ArgumentNode[];
}

export interface PlanningSupergraph {
  /**
   * SDL for planners. It has fields that only planners see, from which they plan what they would get wrong otherwise.
   */
  readonly sdl: string;
  /** Types for draw 0. */
  readonly types: SubgraphTypes;
  /** `draw` is canonical. As many are kept as there are canonical draws. */
  typesFor(draw: number): SubgraphTypes;
  readonly overrides: Overrides;
  /** Fields that only planners see, by name. */
  readonly boundFields: ReadonlyMap<string, BoundField>;
  /** Query fields that only planners see, each for a union member of a graph, by `GRAPH Member`. */
  readonly entryFields: ReadonlyMap<string, string>;
  /** Of objects and interfaces, with those that only planners see. */
  readonly fieldNames: ReadonlySet<string>;
  /** Of fields that others require. */
  readonly requiredNames: ReadonlySet<string>;
  /** What is merged as groups: names of fields, and of dimensions that fill a part of the key of their own. */
  readonly groupFields: { readonly names: ReadonlySet<string>; readonly keyedDimensions: ReadonlySet<string> };
  /** Of directives in operations that subgraphs apply. */
  readonly forwardedDirectives: ReadonlySet<string>;
}
