/** Types of `planners.js`. */
export interface PlannerSpec {
  readonly kind: 'hive' | 'apollo';
  readonly supergraph: string;
  /** Of Apollo's planner. */
  readonly plansWeighedMax: number;
}

export interface RawPlan {
  /** Undefined when nothing has to be fetched; otherwise of the planner's own kind. */
  readonly node: unknown;
  /** Of planning alone, without waiting for it. */
  readonly tookMs: number;
}

export type PlanRaw = (operation: string, operationName: string | undefined) => Promise<RawPlan>;

export declare function loadPlanner(spec: PlannerSpec): Promise<PlanRaw>;
