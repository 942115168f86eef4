/** A supergraph as planning needs it. */
import type { ArgumentNode } from 'graphql';
import type { Overrides } from './overrides.ts';
import type { SubgraphTypes } from './subgraph-types.ts';

/** A field with arguments that a field without any stands for. */
export interface BoundField {
  readonly name: string;
  readonly arguments: readonly ArgumentNode[];
}

export interface PlanningSupergraph {
  /** What planners are given. Besides the supergraph's own it has fields from which they plan what they would get wrong otherwise. */
  readonly sdl: string;
  /** For operations for which no label of `@override` is drawn. */
  readonly types: SubgraphTypes;
  /** `draw` is canonical: as many are kept as there are canonical draws. */
  typesFor(draw: number): SubgraphTypes;
  readonly overrides: Overrides;
  /** Fields that only planners see: what each stands for, by its name. */
  readonly boundFields: ReadonlyMap<string, BoundField>;
  /** Query fields that only planners see, each of which gives an object of a union member from a graph; by `GRAPH Member`. */
  readonly entryFields: ReadonlyMap<string, string>;
  /** Names of all fields of objects and interfaces, with those that only planners see. */
  readonly fieldNames: ReadonlySet<string>;
  /** Names of all fields that others require. */
  readonly requiredNames: ReadonlySet<string>;
  /** Names of the directives in operations that are the subgraphs' to apply. */
  readonly forwardedDirectives: ReadonlySet<string>;
}
