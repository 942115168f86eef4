/** Fields of supervision orders → loaders and pages. */
import { isOrderOverdue } from '@yiwang/schema/cases';
import type { ModuleResolvers } from './generated/schema.ts';
import { countOrders } from './order-statistics.ts';
import { readOrders } from './store.ts';

export const resolvers: ModuleResolvers = {
  Query: {
    supervisionOrders: (_, query, { db, now }) => readOrders(db, query, now),
    orderStatistics: (_, args, context, info) => countOrders(args, context, info),
    supervisionOrder: (_, { id }, { loaders }) => loaders.supervisionOrder.load(id),
  },
  SupervisionOrder: {
    __resolveReference: ({ id }, _, { loaders }) => loaders.supervisionOrder.load(id),
    overdue: (order, _, { now }) => isOrderOverdue(order, now),
    deadline: ({ answerBy }) => answerBy,
    issuedBy: ({ issuedBy }) => ({ code: issuedBy }),
    issuedTo: ({ division }) => ({ code: division }),
    case: ({ caseId }) => (caseId === null ? null : { id: caseId }),
    request: ({ requestId }) => (requestId === null ? null : { id: requestId }),
    stages: ({ id }, _, { loaders }) => loaders.orderStages.load(id),
    answers: ({ id }, _, { loaders }) => loaders.orderAnswers.load(id),
  },
  OrderStage: {
    by: ({ department }) => (department === null ? null : { code: department }),
  },
  OrderAnswer: {
    by: ({ department }) => (department === null ? null : { code: department }),
  },
};
