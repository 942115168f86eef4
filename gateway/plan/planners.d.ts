/** Types of `planners.js`. */
export interface PlannerSpec {
  readonly kind: 'hive' | 'apollo';
  readonly supergraph: string;
  /** Of Apollo's planner. */
  readonly plansWeighedMax: number;
}

/** For a planner in a process of its own. */
export interface ProcessSpec extends PlannerSpec {
  /** The process ends where it takes more memory. */
  readonly bytesMax: number;
}

export interface RawPlan {
  /** Undefined when nothing has to be fetched; otherwise of the planner's own kind. */
  readonly node: unknown;
  /** Of planning alone, without waiting for it. */
  readonly tookMs: number;
}

export type PlanRaw = (operation: string, operationName: string | undefined) => Promise<RawPlan>;

export declare function loadPlanner(spec: PlannerSpec): Promise<PlanRaw>;
