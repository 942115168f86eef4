/** The parent that the resolvers of each type get. */
import type { Edge, Page } from '@yiwang/platform';
import type { AnswerRow, OrderRow, OrderStageRow } from './store.ts';

export interface Mappers {
  readonly SupervisionOrder: OrderRow;
  readonly SupervisionOrderConnection: Page<OrderRow>;
  readonly SupervisionOrderEdge: Edge<OrderRow>;
  readonly OrderAnswer: AnswerRow;
  readonly OrderStage: Omit<OrderStageRow, 'orderId'>;
}
