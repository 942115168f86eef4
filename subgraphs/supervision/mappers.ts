/** The parent that the resolvers of each type get. */
import type { Edge, Page } from '@yiwang/platform';
import type { GroupKeyView } from '@yiwang/platform/statistics';
import type { OrderGroup } from './order-statistics.ts';
import type { AnswerRow, OrderRow, OrderStageRow } from './store.ts';

export interface Mappers {
  readonly SupervisionOrder: OrderRow;
  readonly SupervisionOrderConnection: Page<OrderRow>;
  readonly SupervisionOrderEdge: Edge<OrderRow>;
  readonly OrderStatistics: OrderGroup;
  readonly OrderStatisticsKey: GroupKeyView;
  readonly OrderAnswer: AnswerRow;
  readonly OrderStage: Omit<OrderStageRow, 'orderId'>;
}
