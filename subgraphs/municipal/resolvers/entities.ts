/** Types with rows of their own: columns → references, and lists by loaders. */
import type { Resolver, Resolvers } from '@yiwang/platform';
import type { MunicipalContext } from '../loaders.ts';
import type { CaseFilter } from '../store/case-filter.ts';
import type { CaseRow, StageRow } from '../store/cases.ts';
import type { DepartmentRow, DutyKind, OfficerRow } from '../store/departments.ts';
import type { PropertyCompanyRow } from '../store/enforcement.ts';
import type { AlarmRow } from '../store/monitoring.ts';
import type { RequestFilter } from '../store/request-filter.ts';
import type { RequestRow } from '../store/requests.ts';
import type { StatisticsArguments } from './arguments.ts';
import { entity, resolveCaseStatistics, resolveRequestStatistics } from './statistics.ts';

type Field<Row> = (row: Row, args: unknown, context: MunicipalContext) => unknown;
type Fields<Row> = Readonly<Record<string, Field<Row>>>;

const division: Field<{ division: string }> = (row) => entity(row.division);
const category: Field<{ category: string | null }> = (row) => entity(row.category);
const grid: Field<{ grid: string | null }> = (row, _, { loaders }) => row.grid && loaders.gridCells.load(row.grid);

/** A department is mentioned by its code: its own platform may be another. */
function department<Name extends string>(column: Name): Field<Readonly<Record<Name, string | null>>> {
  return (row) => entity(row[column]);
}

const caseFields: Fields<CaseRow> = {
  division,
  category,
  grid,
  department: department('department'),
  component: (row, _, { loaders }) => row.component && loaders.components.load(row.component),
  request: (row, _, { loaders }) => row.request && loaders.requests.load(row.request),
  overdue: ({ closedAt, voidedAt, dueAt }, _, { now }) => !closedAt && !voidedAt && dueAt !== null && dueAt < now,
  clocks: ({ conditionId, ...row }) => ({ ...row, condition: conditionId }),
  reporter: (row) => person(row.reporterName, row.reporterPhone),
  stages: (row, _, { loaders }) => loaders.caseStages.load(row.id),
};

const requestFields: Fields<RequestRow> = {
  division,
  category,
  grid,
  firstReceiver: department('firstReceiver'),
  handler: department('handler'),
  overdue: ({ answeredAt, closedAt, dueAt }, _, { now }) => !answeredAt && !closedAt && dueAt !== null && dueAt < now,
  requester: (row) => person(row.requesterName, row.requesterPhone),
  case: (row, _, { loaders }) => row.caseId && loaders.cases.load(row.caseId),
  stages: (row, _, { loaders }) => loaders.requestStages.load(row.id),
};

const stageFields: Fields<StageRow> = {
  actor: (row) => person(row.actorName, row.actorPhone),
  department: department('department'),
};

const componentFields = {
  category,
  division,
  grid,
  owner: department('owner'),
  inCharge: department('inCharge'),
  maintainer: department('maintainer'),
};

/** A department that was reached by its code alone has its row loaded when more of it is asked for. */
const departmentFields: Fields<Partial<DepartmentRow> & { code: string }> = {
  name: async (row, _, { loaders }) => row.name ?? (await loaders.departments.load(row.code))?.name,
  division: (row) => entity(row.code.slice(2, 8)),
  tasks: duties('TASK'),
  responsibilities: duties('RESPONSIBILITY'),
  powers: duties('POWER'),
};

const officerFields: Fields<OfficerRow> = {
  person: (row) => person(row.name, row.phone),
  division,
  department: department('department'),
  grids: async (row, _, { loaders }) => (await loaders.gridCells.loadMany([...row.grids])).filter(isRow),
};

const divisionFields: Readonly<Record<string, Resolver>> = {
  caseStatistics: ({ code }: { code: string }, args: StatisticsArguments<CaseFilter>, context: MunicipalContext) =>
    resolveCaseStatistics(code, args, context),
  requestStatistics: (
    { code }: { code: string },
    args: StatisticsArguments<RequestFilter>,
    context: MunicipalContext,
  ) => resolveRequestStatistics(code, args, context),
};

export const entityResolvers: Resolvers = {
  Case: withReference('cases', 'id', caseFields),
  Request: withReference('requests', 'id', requestFields),
  Component: withReference('components', 'code', componentFields),
  Department: withReference('departments', 'code', departmentFields),
  Facility: withReference('facilities', 'id', { division, operator: department('operator') }),
  MonitoringPoint: withReference('points', 'id', { division }),
  Alarm: withReference('alarms', 'id', {
    division,
    point: ({ point }: AlarmRow, _: unknown, { loaders }: MunicipalContext) => loaders.points.load(point),
  }),
  EnforcementCase: withReference('enforcementCases', 'id', {
    division,
    category,
    department: department('department'),
  }),
  Division: { ...divisionFields, __resolveReference: ({ code }: { code: string }) => ({ code }) },
  CaseStage: stageFields,
  GridCell: { division },
  Officer: officerFields,
  MonthlyTopic: { division, category, lead: department('lead') },
  PropertyCompany: { division, communities: (row: PropertyCompanyRow) => row.communities.map(entity) },
};

type EntityLoader =
  | 'cases'
  | 'requests'
  | 'components'
  | 'departments'
  | 'facilities'
  | 'points'
  | 'alarms'
  | 'enforcementCases';

/** An entity by its key: null for a key that this platform, or this caller, has no row of. */
function withReference(
  loader: EntityLoader,
  key: 'id' | 'code',
  fields: Readonly<Record<string, Resolver>>,
): Readonly<Record<string, Resolver>> {
  return {
    ...fields,
    __resolveReference: (reference: Readonly<Record<string, string>>, _args, { loaders }: MunicipalContext) =>
      loaders[loader].load(reference[key] ?? ''),
  };
}

function duties(kind: DutyKind): Field<{ code: string }> {
  return async (row, _, { loaders }) => (await loaders.duties.load(row.code)).filter((duty) => duty.kind === kind);
}

function person(name: string | null, phone: string | null): { name: string | null; phone: string | null } | null {
  return name === null && phone === null ? null : { name, phone };
}

function isRow<Row extends object>(row: Row | Error | null): row is Row {
  return row !== null && !(row instanceof Error);
}
