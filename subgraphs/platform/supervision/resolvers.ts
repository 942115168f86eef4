/** Fields of supervision orders → loaders and pages. */
import type { Context, Resolvers } from '../module.ts';
import type { SupervisionLoaders } from './loaders.ts';
import { type AnswerRow, type OrderQuery, type OrderRow, readOrders } from './store.ts';

type SupervisionContext = Context<SupervisionLoaders>;

const byId = ({ id }: { readonly id: string }, { loaders }: SupervisionContext) => loaders.supervisionOrder.load(id);

export const resolvers: Resolvers = {
  Query: {
    supervisionOrders: (_: unknown, query: OrderQuery, { db }: SupervisionContext) => readOrders(db, query),
    supervisionOrder: (_: unknown, key: { readonly id: string }, context: SupervisionContext) => byId(key, context),
  },
  SupervisionOrder: {
    __resolveReference: (key: { readonly id: string }, _: unknown, context: SupervisionContext) => byId(key, context),
    issuedBy: ({ issuedBy }: OrderRow) => ({ code: issuedBy }),
    issuedTo: ({ division }: OrderRow) => ({ code: division }),
    case: ({ caseId }: OrderRow) => (caseId === null ? null : { id: caseId }),
    request: ({ requestId }: OrderRow) => (requestId === null ? null : { id: requestId }),
    answers: ({ id }: OrderRow, _: unknown, { loaders }: SupervisionContext) => loaders.orderAnswers.load(id),
  },
  OrderAnswer: {
    by: ({ department }: AnswerRow) => (department === null ? null : { code: department }),
  },
};
