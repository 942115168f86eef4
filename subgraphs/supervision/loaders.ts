/** Keys → one batch of orders, or of answers to orders, within one request. */
import { type Context, createBatchLoader, createGroupLoader } from '@yiwang/platform';
import type DataLoader from 'dataloader';
import { type AnswerRow, type OrderRow, readAnswers, readOrdersById } from './store.ts';

export interface SupervisionLoaders {
  readonly supervisionOrder: DataLoader<string, OrderRow | null>;
  readonly orderAnswers: DataLoader<string, readonly AnswerRow[]>;
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
  };
}
