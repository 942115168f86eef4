/** The parent that the resolvers of each type get. */
import type { Edge, Page } from '@yiwang/platform';
import type { FigureKey, GroupKeyView } from '@yiwang/platform/statistics';
import type { RequestGroup } from './statistics.ts';
import type { RequestRow, RequestStageRow } from './store/requests.ts';
import type { TopicRow } from './store/topics.ts';

export interface Mappers {
  readonly Division: { readonly code: string };
  readonly ReportFigure: FigureKey;
  readonly StatisticsKey: GroupKeyView;
  readonly Request: RequestRow;
  readonly CaseStage: RequestStageRow;
  readonly RequestConnection: Page<RequestRow>;
  readonly RequestEdge: Edge<RequestRow>;
  readonly RequestStatistics: RequestGroup;
  readonly MonthlyTopic: TopicRow & { readonly rank: number };
}
