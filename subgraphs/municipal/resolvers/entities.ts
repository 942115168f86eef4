/** Types with rows of their own: columns → references, and lists by loaders. */
import { toEntityRef, toEntityRefOrNull } from '@yiwang/platform/statistics';
import type { ModuleResolvers, Resolver } from '../generated/schema.ts';
import type { MunicipalContext } from '../loaders.ts';
import { readStageClocks } from '../stage-clocks.ts';
import { resolveCaseStatistics } from './statistics.ts';

type Field<Row, Value> = Resolver<Value, Row, MunicipalContext>;
type EntityRef = { readonly code: string };

const division: Field<{ readonly division: string }, EntityRef> = (row) => toEntityRef(row.division);
const category: Field<{ readonly category: string }, EntityRef> = (row) => toEntityRef(row.category);

export const entityResolvers: Omit<ModuleResolvers, 'Query'> = {
  Division: {
    __resolveReference: ({ code }) => ({ code }),
    caseStatistics: ({ code }, args, context, info) => resolveCaseStatistics(code, args, context, info),
  },
  ReportFigure: {
    __resolveReference: (figure) => figure,
    liveCases: (figure, _, { loaders }) => loaders.caseFigures.load(figure),
  },
  Case: {
    __resolveReference: ({ id }, _, { loaders }) => loaders.cases.load(id),
    division,
    category,
    grid: (row, _, { loaders }) => (row.grid === null ? null : loaders.gridCells.load(row.grid)),
    department: department('department'),
    component: (row, _, { loaders }) => (row.component === null ? null : loaders.components.load(row.component)),
    request: (row) => (row.request === null ? null : { id: row.request }),
    overdue: ({ closedAt, voidedAt, transferredAt, dueAt }, _, { now }) =>
      !closedAt && !voidedAt && !transferredAt && dueAt !== null && dueAt < now,
    clocks: (row) => row,
    stageClocks: async (row, _, { loaders, now }) => readStageClocks(row, await loaders.caseStages.load(row.id), now),
    reporter: (row) => person(row.reporterName, row.reporterPhone),
    stages: (row, _, { loaders }) => loaders.caseStages.load(row.id),
  },
  CaseClocks: { condition: ({ conditionId }) => conditionId },
  CaseStage: {
    actor: (row) => person(row.actorName, row.actorPhone),
    department: department('department'),
  },
  Component: {
    __resolveReference: ({ code }, _, { loaders }) => loaders.components.load(code),
    category,
    division,
    grid: (row, _, { loaders }) => (row.grid === null ? null : loaders.gridCells.load(row.grid)),
    owner: department('owner'),
    inCharge: department('inCharge'),
    maintainer: department('maintainer'),
  },
  Facility: {
    __resolveReference: ({ id }, _, { loaders }) => loaders.facilities.load(id),
    division,
    operator: department('operator'),
  },
  MonitoringPoint: {
    __resolveReference: ({ id }, _, { loaders }) => loaders.points.load(id),
    division,
  },
  Alarm: {
    __resolveReference: ({ id }, _, { loaders }) => loaders.alarms.load(id),
    division,
    point: async ({ point }, _, { loaders }) => {
      const row = await loaders.points.load(point);
      return row!;
    },
  },
  EnforcementCase: {
    __resolveReference: ({ id }, _, { loaders }) => loaders.enforcementCases.load(id),
    division,
    category: (row) => toEntityRefOrNull(row.category),
    department: department('department'),
  },
  GridCell: {
    __resolveReference: ({ code }, _, { loaders }) => loaders.gridCells.load(code),
    division,
  },
  Officer: {
    person: ({ name, phone }) => ({ name, phone }),
    division,
    department: department('department'),
    grids: async (row, _, { loaders }) => {
      const cells = await Promise.all(row.grids.map((code) => loaders.gridCells.load(code)));
      return cells.filter((cell) => cell !== null);
    },
  },
  PropertyCompany: { division, communities: (row) => row.communities.map(toEntityRef) },
};

/** Refers to a department by its code: another platform may hold it. */
function department<Name extends string>(column: Name): Field<Readonly<Record<Name, string | null>>, EntityRef | null> {
  return (row) => toEntityRefOrNull(row[column]);
}

function person(name: string | null, phone: string | null) {
  return name === null && phone === null ? null : { name, phone };
}
