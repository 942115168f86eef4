/** Field → loader or page: no SQL, no rules. */
import type { Context, Resolvers } from '@yiwang/platform';
import { dateAt, parsePeriod } from '@yiwang/schema';
import type { ProvincialLoaders } from './loaders.ts';
import {
  type EvaluationRow,
  type InspectionFilter,
  type InspectionRow,
  type Months,
  type PartRow,
  type ReportFilter,
  type ReportRow,
  readEvaluations,
  readInspectionsPage,
  readReportsPage,
  type TaskRow,
} from './store.ts';

type ProvincialContext = Context<ProvincialLoaders>;

interface EvaluationsArguments {
  readonly within?: string | null;
  readonly period: string;
  readonly scheme?: string | null;
}

type ReportsArguments = Omit<ReportFilter, 'months'> & { readonly period?: string | null };

export const resolvers: Resolvers = {
  Query: {
    evaluations: (_, { within, period, scheme }: EvaluationsArguments, { db }: ProvincialContext) =>
      readEvaluations(db, within, { months: monthsIn(period), scheme: scheme ?? null }),
    inspections: (_, filter: InspectionFilter, { db }: ProvincialContext) => readInspectionsPage(db, filter),
    inspection: (_, { id }: { id: string }, { loaders }: ProvincialContext) => loaders.inspection.load(id),
    periodicReports: (_, { period, ...filter }: ReportsArguments, { db }: ProvincialContext) =>
      readReportsPage(db, { ...filter, ...(period ? { months: monthsIn(period) } : {}) }),
  },
  Division: {
    __resolveReference: ({ code }: { code: string }) => ({ code }),
    evaluations: (
      { code }: { code: string },
      { period, scheme }: EvaluationsArguments,
      { loaders }: ProvincialContext,
    ) => loaders.evaluations.load({ division: code, filter: { months: monthsIn(period), scheme: scheme ?? null } }),
  },
  Evaluation: {
    key: ({ division, month }: EvaluationRow) => ({ division: { code: division }, month }),
    evaluator: ({ evaluator }: EvaluationRow) => ({ code: evaluator }),
  },
  EvaluationPart: {
    rate: ({ numerator, denominator }: PartRow) =>
      numerator === null || denominator === null
        ? null
        : { numerator, denominator, value: denominator === 0 ? null : numerator / denominator },
  },
  Inspection: {
    __resolveReference: ({ id }: { id: string }, _, { loaders }: ProvincialContext) => loaders.inspection.load(id),
    division: ({ division }: InspectionRow) => ({ code: division }),
    issuedBy: ({ issuedBy }: InspectionRow) => ({ code: issuedBy }),
    tasks: ({ id }: InspectionRow, _, { loaders }: ProvincialContext) => loaders.inspectionTasks.load(id),
  },
  InspectionTask: {
    division: ({ division }: TaskRow) => ({ code: division }),
  },
  PeriodicReport: {
    __resolveReference: ({ id }: { id: string }, _, { loaders }: ProvincialContext) => loaders.periodicReport.load(id),
    division: ({ division }: ReportRow) => ({ code: division }),
  },
};

function monthsIn(period: string): Months {
  const { from, to } = parsePeriod(period);
  return { from: dateAt(from), to: dateAt(to) };
}
