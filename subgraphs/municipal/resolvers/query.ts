/** The root fields. */
import { countHotspots } from '@yiwang/platform/statistics';
import type { QueryResolvers } from '../generated/schema.ts';
import { pageComponents, pageGridCells } from '../store/assets.ts';
import { pageCases, REPORTED_CASES } from '../store/cases.ts';
import { pageEnforcementCases, pagePropertyCompanies } from '../store/enforcement.ts';
import { pageFacilities } from '../store/facilities.ts';
import { pageAlarms, pagePoints } from '../store/monitoring.ts';
import { pageOfficers } from '../store/officers.ts';
import { checkCodes, fieldOf, parseAlarmFilter, parseCaseFilter, periodOf } from './arguments.ts';
import { resolveQuality } from './quality.ts';
import { resolveCaseStatistics } from './statistics.ts';
import {
  resolveAlarmStatistics,
  resolveComponentStatistics,
  resolveEnforcementStatistics,
} from './table-statistics.ts';

export const queryResolvers: Required<QueryResolvers> = {
  cases: (_, args, { db, passport, now }) =>
    pageCases(db, { ...args, filter: parseCaseFilter(args.filter) }, { clearance: passport, now }),
  case: (_, { id }, { loaders }) => loaders.cases.load(id),
  caseStatistics: (_, args, context, info) => resolveCaseStatistics(args.within ?? null, args, context, info),
  hotspots: (counted, args, context) => countHotspots(counted, { ...REPORTED_CASES, count: 'cases' }, args, context),
  facilities: (_, args, { db }) => pageFacilities(db, args),
  monitoringPoints: (_, args, { db }) => pagePoints(db, { ...args, field: fieldOf(args.field) }),
  alarms: (_, args, { db }) => pageAlarms(db, { ...args, filter: parseAlarmFilter(args.filter) }),
  alarmStatistics: (_, args, context, info) => resolveAlarmStatistics(args, context, info),
  enforcementStatistics: (_, args, context, info) => resolveEnforcementStatistics(args, context, info),
  componentStatistics: (_, args, context, info) => resolveComponentStatistics(args, context, info),
  quality: (_, args, context, info) => resolveQuality(args, context, info),
  gridCells: (_, args, { db }) => pageGridCells(db, args),
  components: (_, args, { db }) => {
    checkCodes(args);
    return pageComponents(db, args);
  },
  component: (_, { code }, { loaders }) => loaders.components.load(code),
  officers: (_, args, { db }) => pageOfficers(db, args),
  enforcementCases: (_, args, { db }) => pageEnforcementCases(db, { ...args, period: periodOf(args.period) }),
  propertyCompanies: (_, args, { db }) => {
    checkCodes(args);
    return pagePropertyCompanies(db, args);
  },
};
