/** Field → loader or page: no SQL, no rules. */
import { isForPublic } from '@yiwang/platform/statistics';
import { isOrderOverdue } from '@yiwang/schema/cases';
import { dateAt, parsePeriod } from '@yiwang/schema/time';
import { countOrders } from '@yiwang/supervision';
import { pointsOfPart, rateOfPart } from './evaluation-parts.ts';
import { differenceOf, figuresOf, findFigure, liveOf, ratesOf, reportedOf, reportIdOf } from './figures.ts';
import type { ModuleResolvers } from './generated/schema.ts';
import { INSPECTIONS, type Months, readEvaluations, readInspectionsPage, readReportsPage } from './store.ts';

export const resolvers: ModuleResolvers = {
  Query: {
    evaluations: (_, { within, period, scheme, department }, { db }) =>
      readEvaluations(db, within, {
        months: monthsIn(period),
        scheme: scheme ?? null,
        department: department ?? null,
      }),
    inspections: (_, filter, { db, now }) => readInspectionsPage(db, filter, now),
    inspectionStatistics: (_, args, context, info) => countOrders(args, context, info, INSPECTIONS),
    inspection: (_, { id }, { loaders }) => loaders.inspection.load(id),
    periodicReports: (_, { period, ...filter }, { db }) =>
      readReportsPage(db, { ...filter, ...(period ? { months: monthsIn(period) } : {}) }),
  },
  Division: {
    __resolveReference: ({ code }) => ({ code }),
    evaluations: ({ code }, { period, scheme }, { loaders }) =>
      loaders.evaluations.load({ division: code, filter: { months: monthsIn(period), scheme: scheme ?? null } }),
  },
  Evaluation: {
    key: ({ division, department, month }) => ({
      division: { code: division },
      department: department === null ? null : { code: department },
      month,
    }),
    published: ({ publishedAt }, _, { now }) => publishedAt !== null && publishedAt <= now,
    evaluator: ({ evaluator }) => ({ code: evaluator }),
  },
  EvaluationPart: {
    score: (part, _, { passport }) => pointsOfPart(part, isForPublic(passport)),
    rate: (part, _, { passport }) => rateOfPart(part, isForPublic(passport)),
  },
  Inspection: {
    __resolveReference: ({ id }, _, { loaders }) => loaders.inspection.load(id),
    division: ({ division }) => ({ code: division }),
    overdue: ({ status, deadline }, _, { now }) => isOrderOverdue({ status, answerBy: deadline }, now),
    issuedBy: ({ issuedBy }) => ({ code: issuedBy }),
    stages: ({ id }, _, { loaders }) => loaders.inspectionStages.load(id),
    tasks: ({ id }, _, { loaders }) => loaders.inspectionTasks.load(id),
  },
  InspectionTask: {
    overdue: ({ status, deadline }, _, { now }) => isOrderOverdue({ status, answerBy: deadline }, now),
    division: ({ division }) => ({ code: division }),
    stages: ({ id }, _, { loaders }) => loaders.inspectionStages.load(id),
  },
  OrderStage: {
    by: ({ department }) => (department === null ? null : { code: department }),
  },
  PeriodicReport: {
    __resolveReference: ({ id }, _, { loaders }) => loaders.periodicReport.load(id),
    division: ({ division }) => ({ code: division }),
    figures: figuresOf,
    rates: ratesOf,
  },
  ReportFigure: {
    __resolveReference: async (reference, _, { loaders }) => {
      const id = reportIdOf(reference);
      return id === undefined ? null : findFigure(await loaders.periodicReport.load(id), reference);
    },
    adjustedBecause: ({ adjustedBecause = null }) => adjustedBecause,
    reported: reportedOf,
    live: liveOf,
    difference: differenceOf,
    liveCases: ({ liveCases = null }) => liveCases,
    liveRequests: ({ liveRequests = null }) => liveRequests,
  },
};

function monthsIn(period: string): Months {
  const { from, to } = parsePeriod(period);
  return { from: dateAt(from), to: dateAt(to) };
}
