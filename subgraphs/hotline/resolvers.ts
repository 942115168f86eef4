/** Field → loader or store: no SQL here. */
import {
  countHotspots,
  parseStatisticsPeriod,
  statisticsNow,
  toEntityRef,
  toEntityRefOrNull,
} from '@yiwang/platform/statistics';
import type { ModuleResolvers, Resolver } from './generated/schema.ts';
import type { HotlineContext } from './loaders.ts';
import { readStageClocks } from './stage-clocks.ts';
import { resolveRequestStatistics } from './statistics.ts';
import { parseRequestFilter } from './store/request-filter.ts';
import { pageRequests, RECEIVED_REQUESTS } from './store/requests.ts';
import { rankTopics, readTopics } from './store/topics.ts';

type Field<Row, Value> = Resolver<Value, Row, HotlineContext>;
type EntityRef = { readonly code: string };

const division: Field<{ readonly division: string }, EntityRef> = (row) => toEntityRef(row.division);
const category: Field<{ readonly category: string }, EntityRef> = (row) => toEntityRef(row.category);

export const resolvers: ModuleResolvers = {
  Query: {
    requests: (_, args, { db, passport, now }) =>
      pageRequests(db, { ...args, filter: parseRequestFilter(args.filter) }, { clearance: passport, now }),
    request: (_, { id }, { loaders }) => loaders.requests.load(id),
    requestStatistics: (_, args, context, info) => resolveRequestStatistics(args.within ?? null, args, context, info),
    hotspots: (counted, args, context) =>
      countHotspots(counted, { ...RECEIVED_REQUESTS, count: 'requests' }, args, context),
    monthlyTopics: async (_, { within, month }, { db, passport, now }) =>
      rankTopics(
        await readTopics(db, {
          within,
          period: parseStatisticsPeriod(month, passport),
          until: statisticsNow(passport, now),
        }),
      ),
  },
  Division: {
    __resolveReference: ({ code }) => ({ code }),
    requestStatistics: ({ code }, args, context, info) => resolveRequestStatistics(code, args, context, info),
  },
  ReportFigure: {
    __resolveReference: (figure) => figure,
    liveRequests: (figure, _, { loaders }) => loaders.requestFigures.load(figure),
  },
  Request: {
    __resolveReference: ({ id }, _, { loaders }) => loaders.requests.load(id),
    division,
    category,
    grid: (row) => toEntityRefOrNull(row.grid),
    firstReceiver: department('firstReceiver'),
    handler: department('handler'),
    overdue: ({ answeredAt, closedAt, dueAt }, _, { now }) => !answeredAt && !closedAt && dueAt !== null && dueAt < now,
    requester: (row) => person(row.requesterName, row.requesterPhone),
    case: (row) => (row.caseId === null ? null : { id: row.caseId }),
    stages: (row, _, { loaders }) => loaders.requestStages.load(row.id),
    stageClocks: async (row, _, { loaders, now }) =>
      readStageClocks(row, await loaders.requestStages.load(row.id), now),
  },
  CaseStage: {
    actor: (row) => person(row.actorName, row.actorPhone),
    department: department('department'),
  },
  MonthlyTopic: { division, category, lead: department('lead') },
};

/** Refers to a department by its code: another platform holds it. */
function department<Name extends string>(column: Name): Field<Readonly<Record<Name, string | null>>, EntityRef | null> {
  return (row) => toEntityRefOrNull(row[column]);
}

function person(name: string | null, phone: string | null) {
  return name === null && phone === null ? null : { name, phone };
}
