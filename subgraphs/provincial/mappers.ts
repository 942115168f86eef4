/** The parent that the resolvers of each type get. */
import type { Edge, Page } from '@yiwang/platform';
import type { GroupKeyView } from '@yiwang/platform/statistics';
import type { OrderGroup } from '@yiwang/supervision';
import type { ReportFigureView, ReportRateView } from './figures.ts';
import type { EvaluationRow, InspectionRow, InspectionStageRow, PartRow, ReportRow, TaskRow } from './store.ts';

export interface Mappers {
  readonly Division: { readonly code: string };
  readonly Evaluation: EvaluationRow;
  readonly EvaluationPart: PartRow;
  readonly Inspection: InspectionRow;
  readonly InspectionConnection: Page<InspectionRow>;
  readonly InspectionEdge: Edge<InspectionRow>;
  readonly InspectionTask: TaskRow;
  readonly OrderStage: Omit<InspectionStageRow, 'of'>;
  readonly OrderStatistics: OrderGroup;
  readonly OrderStatisticsKey: GroupKeyView;
  readonly PeriodicReport: ReportRow;
  readonly PeriodicReportConnection: Page<ReportRow>;
  readonly PeriodicReportEdge: Edge<ReportRow>;
  readonly ReportFigure: ReportFigureView;
  readonly ReportRate: ReportRateView;
}
