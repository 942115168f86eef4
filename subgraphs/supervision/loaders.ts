/** Keys → one batch of orders, or of the answers or stages of orders, within one request. */
import { type Context, createBatchLoader, createGroupLoader } from '@yiwang/platform';
import type DataLoader from 'dataloader';
import {
  type AnswerRow,
  type OrderRow,
  type OrderStageRow,
  readAnswers,
  readOrderStages,
  readOrdersById,
} from './store.ts';

export interface SupervisionLoaders {
  readonly supervisionOrder: DataLoader<string, OrderRow | null>;
  readonly orderAnswers: DataLoader<string, readonly AnswerRow[]>;
  readonly orderStages: DataLoader<string, readonly OrderStageRow[]>;
}

export function createSupervisionLoaders({ db }: Omit<Context, 'loaders'>): SupervisionLoaders {
  return {
    supervisionOrder: createBatchLoader(
      (ids) => readOrdersById(db, ids),
      (row) => row.id,
    ),
    orderAnswers: createGroupLoader(
      (ids) => readAnswers(db, ids),
      (row) => row.orderId,
    ),
    orderStages: createGroupLoader(
      (ids) => readOrderStages(db, ids),
      (row) => row.orderId,
    ),
  };
}
