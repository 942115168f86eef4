/** Types of `load-planner.js`. */
export interface PlannerSpec {
  readonly kind: 'hive' | 'apollo';
  readonly supergraph: string;
  /** Of Apollo's planner. */
  readonly plansWeighedMax: number;
  /** Labels of `@override`: each is on for draws below its bound. */
  readonly overrideLabels?: readonly { readonly label: string; readonly threshold: number }[];
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

/** `draw`: from 0 up to 100; default: 0. */
export type PlanOperation = (operation: string, operationName: string | undefined, draw?: number) => Promise<RawPlan>;

export declare function loadPlanner(spec: PlannerSpec): Promise<PlanOperation>;
