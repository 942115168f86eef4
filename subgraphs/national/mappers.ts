/** What the resolvers of each type are given as their parent. */
import type { Edge, Page } from '@yiwang/platform';
import type {
  CategoryRow,
  ConditionRow,
  DivisionRow,
  IndicatorRow,
  RegulationRow,
  SchemeRow,
  StandardRow,
} from './store.ts';

/** A row, or what another module of the same server says of a division: its code. */
export type DivisionRef = DivisionRow | { readonly code: string };

export interface Mappers {
  readonly Division: DivisionRef;
  readonly DivisionConnection: Page<DivisionRow>;
  readonly DivisionEdge: Edge<DivisionRow>;
  readonly Category: CategoryRow;
  readonly FilingCondition: ConditionRow;
  readonly Standard: StandardRow;
  readonly Regulation: RegulationRow;
  readonly EvaluationScheme: SchemeRow;
  readonly SchemeIndicator: IndicatorRow;
}
