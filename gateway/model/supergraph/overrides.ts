/**
 * `@override(label:)` of a supergraph: an operation's draw and the active labels decide which subgraph resolves a
 * field.
 */

/** A label that is active for draws below a threshold. */
export interface OverrideLabel {
  readonly label: string;
  /** Above all draws for a label that is always active. */
  readonly threshold: number;
}

export interface Overrides {
  /** Labels that are active for some draw. */
  readonly labels: readonly OverrideLabel[];
  isActive(label: string, draw: number): boolean;
  /** True if the plan of an operation with these fields may depend on the draw. */
  dependsOnDraw(fieldNames: Iterable<string>): boolean;
  /** The least draw for which the same labels are active. */
  canonicalDraw(draw: number): number;
}
