/** The root fields. */
import type { Resolver } from '@yiwang/platform';
import { parsePeriod } from '@yiwang/schema';
import type { MunicipalContext } from '../loaders.ts';
import { pageComponents, pageGridCells } from '../store/assets.ts';
import type { CaseFilter } from '../store/case-filter.ts';
import { type CaseOrderField, pageCases } from '../store/cases.ts';
import { listDepartments, listDuties, pageOfficers } from '../store/departments.ts';
import type { Dimension } from '../store/dimensions.ts';
import { pageEnforcementCases, pagePropertyCompanies } from '../store/enforcement.ts';
import { type Near, pageFacilities } from '../store/facilities.ts';
import { type AlarmFilter, pageAlarms, pagePoints } from '../store/monitoring.ts';
import type { RequestFilter } from '../store/request-filter.ts';
import { pageRequests, type RequestOrderField } from '../store/requests.ts';
import {
  type Given,
  type PageArguments,
  parseAlarmFilter,
  parseCaseFilter,
  parseRequestFilter,
  periodOf,
  type StatisticsArguments,
} from './arguments.ts';
import { resolveHotspots, resolveMonthlyTopics } from './hotline.ts';
import { resolveCaseStatistics, resolveRequestStatistics } from './statistics.ts';

type Within = { readonly within?: string | null };
type Ordered<Field> = { readonly orderBy?: { readonly field: Field; readonly direction: 'ASC' | 'DESC' } | null };
type Root<Args> = (parent: unknown, args: Args, context: MunicipalContext) => unknown;

const cases: Root<PageArguments & Ordered<CaseOrderField> & { filter?: Given<CaseFilter> | null }> = (
  _,
  args,
  context,
) =>
  pageCases(
    context.db,
    { ...args, filter: parseCaseFilter(args.filter) },
    { reader: context.passport, now: context.now },
  );

const requests: Root<PageArguments & Ordered<RequestOrderField> & { filter?: Given<RequestFilter> | null }> = (
  _,
  args,
  context,
) =>
  pageRequests(
    context.db,
    { ...args, filter: parseRequestFilter(args.filter) },
    { reader: context.passport, now: context.now },
  );

const caseStatistics: Root<StatisticsArguments<CaseFilter>> = (_, args, context) =>
  resolveCaseStatistics(args.within ?? null, args, context);

const requestStatistics: Root<StatisticsArguments<RequestFilter>> = (_, args, context) =>
  resolveRequestStatistics(args.within ?? null, args, context);

const hotspots: Root<Within & { period: string; groupBy?: readonly Dimension[] | null }> = (_, args, { db }) =>
  resolveHotspots(db, args);

const monthlyTopics: Root<Within & { month: string }> = (_, { within, month }, { db }) =>
  resolveMonthlyTopics(db, { within, period: parsePeriod(month) });

const facilities: Root<PageArguments & { kind?: string | null; near?: Near | null }> = (_, args, { db }) =>
  pageFacilities(db, args);

const alarms: Root<PageArguments & { filter?: Given<AlarmFilter> | null }> = (_, args, { db }) =>
  pageAlarms(db, { ...args, filter: parseAlarmFilter(args.filter) });

const enforcementCases: Root<PageArguments & { period?: string | null }> = (_, args, { db }) =>
  pageEnforcementCases(db, { ...args, period: periodOf(args.period) });

const responsibilities: Root<Within & { department?: string | null }> = (_, { within, department }, { db }) =>
  listDuties(db, { within, department, kind: 'RESPONSIBILITY' });

export const queryResolvers: Readonly<Record<string, Resolver>> = {
  cases,
  case: (_, { id }: { id: string }, { loaders }: MunicipalContext) => loaders.cases.load(id),
  caseStatistics,
  requests,
  request: (_, { id }: { id: string }, { loaders }: MunicipalContext) => loaders.requests.load(id),
  requestStatistics,
  hotspots,
  monthlyTopics,
  facilities,
  monitoringPoints: (_, args, { db }: MunicipalContext) => pagePoints(db, args),
  alarms,
  departments: (_, { within }: Within, { db }: MunicipalContext) => listDepartments(db, within),
  department: (_, { code }: { code: string }, { loaders }: MunicipalContext) => loaders.departments.load(code),
  responsibilities,
  gridCells: (_, args, { db }: MunicipalContext) => pageGridCells(db, args),
  components: (_, args, { db }: MunicipalContext) => pageComponents(db, args),
  component: (_, { code }: { code: string }, { loaders }: MunicipalContext) => loaders.components.load(code),
  officers: (_, args, { db }: MunicipalContext) => pageOfficers(db, args),
  enforcementCases,
  propertyCompanies: (_, args, { db }: MunicipalContext) => pagePropertyCompanies(db, args),
};
