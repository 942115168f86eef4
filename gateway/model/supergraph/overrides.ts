/** `@override(label:)` of a supergraph: which subgraph gives a field may differ from operation to operation. */

/** A label that is on for draws below a bound. */
export interface OverrideLabel {
  readonly label: string;
  /** Beyond all draws for a label that is always on. */
  readonly threshold: number;
}

export interface Overrides {
  /** Those that are on for some draw. */
  readonly labels: readonly OverrideLabel[];
  isActive(label: string, draw: number): boolean;
  /** True where the plan of an operation that names these fields may depend on the draw. */
  dependsOnDraw(fieldNames: Iterable<string>): boolean;
  /** The least draw that decides all labels as this one does. */
  canonicalDraw(draw: number): number;
}
