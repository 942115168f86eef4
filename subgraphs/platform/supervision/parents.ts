/** What the resolvers of each type are given as their parent. */
import type { Edge, Page } from '../database/page.ts';
import type { AnswerRow, OrderRow } from './store.ts';

export interface Parents {
  readonly SupervisionOrder: OrderRow;
  readonly SupervisionOrderConnection: Page<OrderRow>;
  readonly SupervisionOrderEdge: Edge<OrderRow>;
  readonly OrderAnswer: AnswerRow;
}
