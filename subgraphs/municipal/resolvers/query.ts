/** The root fields. */
import { parseStatisticsPeriod, statisticsNow } from '@yiwang/platform/statistics';
import type { QueryResolvers } from '../generated/schema.ts';
import { pageComponents, pageGridCells } from '../store/assets.ts';
import { pageCases } from '../store/cases.ts';
import { pageEnforcementCases, pagePropertyCompanies } from '../store/enforcement.ts';
import { pageFacilities } from '../store/facilities.ts';
import { pageAlarms, pagePoints } from '../store/monitoring.ts';
import { pageOfficers } from '../store/officers.ts';
import { pageRequests } from '../store/requests.ts';
import { fieldOf, parseAlarmFilter, parseCaseFilter, parseRequestFilter, periodOf } from './arguments.ts';
import { resolveHotspots, resolveMonthlyTopics } from './hotline.ts';
import { resolveCaseStatistics, resolveRequestStatistics } from './statistics.ts';

export const queryResolvers: Required<QueryResolvers> = {
  cases: (_, args, { db, passport, now }) =>
    pageCases(db, { ...args, filter: parseCaseFilter(args.filter) }, { clearance: passport, now }),
  case: (_, { id }, { loaders }) => loaders.cases.load(id),
  caseStatistics: (_, args, context) => resolveCaseStatistics(args.within ?? null, args, context),
  requests: (_, args, { db, passport, now }) =>
    pageRequests(db, { ...args, filter: parseRequestFilter(args.filter) }, { clearance: passport, now }),
  request: (_, { id }, { loaders }) => loaders.requests.load(id),
  requestStatistics: (_, args, context) => resolveRequestStatistics(args.within ?? null, args, context),
  hotspots: (_, args, context) => resolveHotspots(context, args),
  monthlyTopics: (_, { within, month }, { db, passport, now }) =>
    resolveMonthlyTopics(db, {
      within,
      period: parseStatisticsPeriod(month, passport),
      until: statisticsNow(passport, now),
    }),
  facilities: (_, args, { db }) => pageFacilities(db, args),
  monitoringPoints: (_, args, { db }) => pagePoints(db, { ...args, field: fieldOf(args.field) }),
  alarms: (_, args, { db }) => pageAlarms(db, { ...args, filter: parseAlarmFilter(args.filter) }),
  gridCells: (_, args, { db }) => pageGridCells(db, args),
  components: (_, args, { db }) => pageComponents(db, args),
  component: (_, { code }, { loaders }) => loaders.components.load(code),
  officers: (_, args, { db }) => pageOfficers(db, args),
  enforcementCases: (_, args, { db }) => pageEnforcementCases(db, { ...args, period: periodOf(args.period) }),
  propertyCompanies: (_, args, { db }) => pagePropertyCompanies(db, args),
};
