/** The parent that the resolvers of each type get. */
import type { Edge, Page } from '@yiwang/platform';
import type { DivisionEvent } from '@yiwang/schema';
import type {
  CategoryRow,
  ClusterRow,
  ConditionRow,
  DivisionRow,
  IndicatorRow,
  RegulationRow,
  SchemeRow,
  StandardRow,
} from './store.ts';

/** A row, or the code of a division that another module of the same server refers to. */
export type DivisionRef = DivisionRow | { readonly code: string };

export interface Mappers {
  readonly Division: DivisionRef;
  readonly DivisionConnection: Page<DivisionRow>;
  readonly DivisionEdge: Edge<DivisionRow>;
  readonly DivisionEvent: DivisionEvent;
  readonly CityCluster: ClusterRow;
  readonly Category: CategoryRow;
  readonly FilingCondition: ConditionRow;
  readonly Standard: StandardRow;
  readonly Regulation: RegulationRow;
  readonly EvaluationScheme: SchemeRow;
  readonly SchemeIndicator: IndicatorRow;
}
