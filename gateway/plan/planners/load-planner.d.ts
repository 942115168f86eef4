/** Types of `load-planner.js`. */
export interface PlannerSpec {
  readonly kind: 'hive' | 'apollo';
  readonly supergraph: string;
  /** For Apollo's planner. */
  readonly plansWeighedMax: number;
  /** Labels of `@override`: each is active for draws below its threshold. */
  readonly overrideLabels?: readonly { readonly label: string; readonly threshold: number }[];
}

/** For a planner in a process of its own. */
export interface ProcessSpec extends PlannerSpec {
  /** The process ends when it takes more memory. */
  readonly bytesMax: number;
}

export interface RawPlan {
  /** A plan of the planner's own kind; undefined if nothing has to be fetched. */
  readonly node: unknown;
  /** Time of planning alone, without the wait for the planner. */
  readonly tookMs: number;
}

/** `draw`: from 0 up to 100; default: 0. */
export type PlanOperation = (operation: string, operationName: string | undefined, draw?: number) => Promise<RawPlan>;

export declare function loadPlanner(spec: PlannerSpec): Promise<PlanOperation>;
