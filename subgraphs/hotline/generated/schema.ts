/** Types of the hotline subgraph's resolvers, made from its schema. */
import type { GraphQLResolveInfo } from 'graphql';
import type { Context, RequiredResolvers, Within } from '@yiwang/platform';
import type { HotlineLoaders } from '../loaders.ts';
import type { Mappers } from '../mappers.ts';

export type Maybe<T> = T | null;

export type InputMaybe<T> = Maybe<T>;

export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;

export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: T[P] };

export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  CategoryCode: { input: string; output: string; }
  Period: { input: string; output: string; }
  CreditCode: { input: string; output: string; }
  DivisionCode: { input: string; output: string; }
  DateTime: { input: string; output: Date | string; }
  GridCode: { input: string; output: string; }
  Date: { input: string; output: string; }
};

export type RequestKind =
  | 'INQUIRY'
  | 'HELP'
  | 'COMPLAINT'
  | 'REPORT'
  | 'SUGGESTION'
  | 'PRAISE';

export type RequestStatus =
  | 'RECEIVED'
  | 'DISPATCHED'
  | 'RETURNED'
  | 'HANDLING'
  | 'ANSWERED'
  | 'CALLED_BACK'
  | 'CLOSED';

export type RequestChannel =
  | 'PHONE'
  | 'WEB'
  | 'APP'
  | 'WECHAT'
  | 'MAILBOX'
  | 'TRANSFER';

export type Satisfaction =
  | 'VERY_SATISFIED'
  | 'SATISFIED'
  | 'BASICALLY_SATISFIED'
  | 'DISSATISFIED';

export type RequestOrderField =
  | 'RECEIVED_AT'
  | 'DUE_AT';

export type RequestFilter = {
  readonly kind?: InputMaybe<ReadonlyArray<RequestKind>>;
  readonly channel?: InputMaybe<ReadonlyArray<RequestChannel>>;
  readonly status?: InputMaybe<ReadonlyArray<RequestStatus>>;
  readonly category?: InputMaybe<Scalars['CategoryCode']['input']>;
  readonly received?: InputMaybe<Scalars['Period']['input']>;
  readonly handler?: InputMaybe<Scalars['CreditCode']['input']>;
  readonly overdue?: InputMaybe<Scalars['Boolean']['input']>;
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

export type RequestOrder = {
  readonly field: RequestOrderField;
  readonly direction: Direction;
};

export type QueryRequestsArgs = {
  within?: Within;
  filter?: InputMaybe<RequestFilter>;
  orderBy?: InputMaybe<RequestOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryRequestArgs = {
  id: Scalars['ID']['input'];
};

export type QueryRequestStatisticsArgs = {
  within?: Within;
  period: Scalars['Period']['input'];
  filter?: InputMaybe<RequestFilter>;
  groupBy?: InputMaybe<ReadonlyArray<CaseDimension>>;
  map?: InputMaybe<DivisionMap>;
  orderBy?: InputMaybe<StatisticsOrder>;
  top?: InputMaybe<Scalars['Int']['input']>;
};

export type QueryHotspotsArgs = {
  within?: Within;
  period: Scalars['Period']['input'];
  groupBy?: InputMaybe<ReadonlyArray<CaseDimension>>;
  map?: InputMaybe<DivisionMap>;
};

export type QueryMonthlyTopicsArgs = {
  within?: Within;
  month: Scalars['Period']['input'];
};

export type Division = {
  readonly code: Scalars['DivisionCode']['output'];
  readonly requestStatistics: ReadonlyArray<RequestStatistics>;
};

export type DivisionRequestStatisticsArgs = {
  period: Scalars['Period']['input'];
  filter?: InputMaybe<RequestFilter>;
  groupBy?: InputMaybe<ReadonlyArray<CaseDimension>>;
  map?: InputMaybe<DivisionMap>;
  orderBy?: InputMaybe<StatisticsOrder>;
  top?: InputMaybe<Scalars['Int']['input']>;
};

export type ReturnRuling =
  | 'ACCEPTED'
  | 'REFUSED';

export type RequestStatistics = {
  readonly key: StatisticsKey;
  readonly counts: RequestCounts;
  readonly rates: RequestRates;
};

export type RequestCounts = {
  readonly received: Scalars['Int']['output'];
  readonly dispatched: Scalars['Int']['output'];
  readonly returned: Scalars['Int']['output'];
  readonly signed: Scalars['Int']['output'];
  readonly signedOnTime: Scalars['Int']['output'];
  readonly due: Scalars['Int']['output'];
  readonly answered: Scalars['Int']['output'];
  readonly answeredOnTime: Scalars['Int']['output'];
  readonly answeredAtOnce: Scalars['Int']['output'];
  readonly secondHandled: Scalars['Int']['output'];
  readonly overdue: Scalars['Int']['output'];
  readonly validCallbacks: Scalars['Int']['output'];
  readonly responded: Scalars['Int']['output'];
  readonly resolved: Scalars['Int']['output'];
  readonly satisfied: Scalars['Int']['output'];
  readonly verySatisfied: Scalars['Int']['output'];
  readonly basicallySatisfied: Scalars['Int']['output'];
  readonly dissatisfied: Scalars['Int']['output'];
};

export type RequestRates = {
  readonly response: Rate;
  readonly resolution: Rate;
  readonly satisfaction: Rate;
  readonly answerOnTime: Rate;
  readonly signOnTime: Rate;
};

export type Direction =
  | 'ASC'
  | 'DESC';

export type CaseDimension =
  | 'PROVINCE'
  | 'CITY'
  | 'COUNTY'
  | 'STREET'
  | 'COMMUNITY'
  | 'CATEGORY'
  | 'MAJOR_CATEGORY'
  | 'SOURCE'
  | 'DEPARTMENT'
  | 'MONTH'
  | 'OFFICER'
  | 'POST'
  | 'GRID'
  | 'KIND'
  | 'CHANNEL'
  | 'DAY'
  | 'HOUR';

export type DivisionMap =
  | 'OF_THE_DAY'
  | 'TODAY';

export type StatisticsOrder = {
  readonly by: Scalars['String']['input'];
  readonly direction: Direction;
};

export type Hotspot = {
  readonly key: StatisticsKey;
  readonly requests: Scalars['Int']['output'];
  readonly cases: Scalars['Int']['output'];
  readonly quadrant: Quadrant;
};

export type Category = {
  readonly code: Scalars['CategoryCode']['output'];
};

export type GridCell = {
  readonly code: Scalars['GridCode']['output'];
};

export type Person = {
  readonly name?: Maybe<Scalars['String']['output']>;
  readonly phone?: Maybe<Scalars['String']['output']>;
};

export type Department = {
  readonly code: Scalars['CreditCode']['output'];
};

export type CaseClock = {
  readonly clock: Scalars['String']['output'];
  readonly startedAt: Scalars['DateTime']['output'];
  readonly dueAt?: Maybe<Scalars['DateTime']['output']>;
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly usedSeconds: Scalars['Int']['output'];
  readonly pausedSeconds: Scalars['Int']['output'];
  readonly overdue: Scalars['Boolean']['output'];
};

export type Case = {
  readonly id: Scalars['ID']['output'];
};

export type PageInfo = {
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

export type StatisticsKey = {
  readonly division?: Maybe<Division>;
  readonly category?: Maybe<Category>;
  readonly source?: Maybe<CaseSource>;
  readonly department?: Maybe<Department>;
  readonly month?: Maybe<Scalars['Period']['output']>;
  readonly officer?: Maybe<Scalars['ID']['output']>;
  readonly post?: Maybe<Scalars['String']['output']>;
  readonly grid?: Maybe<Scalars['GridCode']['output']>;
  readonly kind?: Maybe<Scalars['String']['output']>;
  readonly channel?: Maybe<Scalars['String']['output']>;
  readonly day?: Maybe<Scalars['Date']['output']>;
  readonly hour?: Maybe<Scalars['Int']['output']>;
  readonly unattributed?: Maybe<Scalars['Boolean']['output']>;
};

export type Rate = {
  readonly numerator: Scalars['Int']['output'];
  readonly denominator: Scalars['Int']['output'];
  readonly value?: Maybe<Scalars['Float']['output']>;
};

export type Quadrant =
  | 'BOTH_HIGH'
  | 'HOTLINE_HIGH'
  | 'GRID_HIGH'
  | 'BOTH_LOW';

export type CaseStatus =
  | 'REPORTED'
  | 'FILED'
  | 'DISPATCHED'
  | 'HANDLING'
  | 'HANDLED'
  | 'INSPECTING'
  | 'CLOSED'
  | 'VOIDED';

export type CaseSource =
  | 'PATROL'
  | 'HOTLINE'
  | 'PUBLIC'
  | 'VIDEO'
  | 'LEADER'
  | 'DEPARTMENT'
  | 'SENSOR';

export type ResolverTypeWrapper<T> = Promise<T> | T;

export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type ResolversTypes = {
  RequestKind: RequestKind;
  RequestStatus: RequestStatus;
  RequestChannel: RequestChannel;
  Satisfaction: Satisfaction;
  RequestOrderField: RequestOrderField;
  RequestFilter: RequestFilter;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  RequestOrder: RequestOrder;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ReportFigure: ResolverTypeWrapper<Mappers['ReportFigure']>;
  Division: ResolverTypeWrapper<Mappers['Division']>;
  ReturnRuling: ReturnRuling;
  Request: ResolverTypeWrapper<Mappers['Request']>;
  RequestConnection: ResolverTypeWrapper<Mappers['RequestConnection']>;
  RequestEdge: ResolverTypeWrapper<Mappers['RequestEdge']>;
  RequestStatistics: ResolverTypeWrapper<Mappers['RequestStatistics']>;
  RequestCounts: ResolverTypeWrapper<RequestCounts>;
  RequestRates: ResolverTypeWrapper<RequestRates>;
  MonthlyTopic: ResolverTypeWrapper<Mappers['MonthlyTopic']>;
  CategoryCode: ResolverTypeWrapper<Scalars['CategoryCode']['output']>;
  Period: ResolverTypeWrapper<Scalars['Period']['output']>;
  CreditCode: ResolverTypeWrapper<Scalars['CreditCode']['output']>;
  Direction: Direction;
  DivisionCode: ResolverTypeWrapper<Scalars['DivisionCode']['output']>;
  CaseDimension: CaseDimension;
  DivisionMap: DivisionMap;
  StatisticsOrder: StatisticsOrder;
  Hotspot: ResolverTypeWrapper<Omit<Hotspot, 'key'> & { key: ResolversTypes['StatisticsKey'] }>;
  Category: ResolverTypeWrapper<Category>;
  GridCell: ResolverTypeWrapper<GridCell>;
  Person: ResolverTypeWrapper<Person>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Department: ResolverTypeWrapper<Department>;
  CaseStage: ResolverTypeWrapper<Mappers['CaseStage']>;
  CaseClock: ResolverTypeWrapper<CaseClock>;
  Case: ResolverTypeWrapper<Case>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  StatisticsKey: ResolverTypeWrapper<Mappers['StatisticsKey']>;
  Rate: ResolverTypeWrapper<Rate>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Quadrant: Quadrant;
  GridCode: ResolverTypeWrapper<Scalars['GridCode']['output']>;
  CaseStatus: CaseStatus;
  CaseSource: CaseSource;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
};

export type ResolversParentTypes = {
  RequestFilter: RequestFilter;
  Boolean: Scalars['Boolean']['output'];
  String: Scalars['String']['output'];
  RequestOrder: RequestOrder;
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  ReportFigure: Mappers['ReportFigure'];
  Division: Mappers['Division'];
  Request: Mappers['Request'];
  RequestConnection: Mappers['RequestConnection'];
  RequestEdge: Mappers['RequestEdge'];
  RequestStatistics: Mappers['RequestStatistics'];
  RequestCounts: RequestCounts;
  RequestRates: RequestRates;
  MonthlyTopic: Mappers['MonthlyTopic'];
  CategoryCode: Scalars['CategoryCode']['output'];
  Period: Scalars['Period']['output'];
  CreditCode: Scalars['CreditCode']['output'];
  DivisionCode: Scalars['DivisionCode']['output'];
  StatisticsOrder: StatisticsOrder;
  Hotspot: Omit<Hotspot, 'key'> & { key: ResolversParentTypes['StatisticsKey'] };
  Category: Category;
  GridCell: GridCell;
  Person: Person;
  DateTime: Scalars['DateTime']['output'];
  Department: Department;
  CaseStage: Mappers['CaseStage'];
  CaseClock: CaseClock;
  Case: Case;
  PageInfo: PageInfo;
  StatisticsKey: Mappers['StatisticsKey'];
  Rate: Rate;
  Float: Scalars['Float']['output'];
  GridCode: Scalars['GridCode']['output'];
  Date: Scalars['Date']['output'];
};

export type QueryResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  requests?: Resolver<ResolversTypes['RequestConnection'], ParentType, ContextType, RequireFields<QueryRequestsArgs, 'first'>>;
  request?: Resolver<Maybe<ResolversTypes['Request']>, ParentType, ContextType, RequireFields<QueryRequestArgs, 'id'>>;
  requestStatistics?: Resolver<ReadonlyArray<ResolversTypes['RequestStatistics']>, ParentType, ContextType, RequireFields<QueryRequestStatisticsArgs, 'period' | 'groupBy' | 'map'>>;
  hotspots?: Resolver<ReadonlyArray<ResolversTypes['Hotspot']>, ParentType, ContextType, RequireFields<QueryHotspotsArgs, 'period' | 'groupBy' | 'map'>>;
  monthlyTopics?: Resolver<ReadonlyArray<ResolversTypes['MonthlyTopic']>, ParentType, ContextType, RequireFields<QueryMonthlyTopicsArgs, 'month'>>;
};

export type ReportFigureResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['ReportFigure'] = ResolversParentTypes['ReportFigure']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['DivisionCode'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  metric?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  liveRequests?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type DivisionResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['Division'] = ResolversParentTypes['Division']> = {
  code?: Resolver<ResolversTypes['DivisionCode'], ParentType, ContextType>;
  requestStatistics?: Resolver<ReadonlyArray<ResolversTypes['RequestStatistics']>, ParentType, ContextType, RequireFields<DivisionRequestStatisticsArgs, 'period' | 'groupBy' | 'map'>>;
};

export type RequestResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['Request'] = ResolversParentTypes['Request']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['RequestKind'], ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['RequestChannel']>, ParentType, ContextType>;
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  grid?: Resolver<Maybe<ResolversTypes['GridCell']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RequestStatus'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  content?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requester?: Resolver<Maybe<ResolversTypes['Person']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dispatchedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  flowState?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  urgent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  signDueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  signedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  contactedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  answeredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  answeredAtOnce?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  calledBackAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  secondHandledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  returnCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  returnRuling?: Resolver<Maybe<ResolversTypes['ReturnRuling']>, ParentType, ContextType>;
  extensionCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  excluded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  firstReceiver?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  handler?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  validCallback?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  responded?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  resolved?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  satisfied?: Resolver<Maybe<ResolversTypes['Satisfaction']>, ParentType, ContextType>;
  stages?: Resolver<ReadonlyArray<ResolversTypes['CaseStage']>, ParentType, ContextType>;
  stageClocks?: Resolver<Maybe<ReadonlyArray<ResolversTypes['CaseClock']>>, ParentType, ContextType>;
  case?: Resolver<Maybe<ResolversTypes['Case']>, ParentType, ContextType>;
};

export type RequestConnectionResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['RequestConnection'] = ResolversParentTypes['RequestConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RequestEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Request']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RequestEdgeResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['RequestEdge'] = ResolversParentTypes['RequestEdge']> = {
  node?: Resolver<ResolversTypes['Request'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RequestStatisticsResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['RequestStatistics'] = ResolversParentTypes['RequestStatistics']> = {
  key?: Resolver<ResolversTypes['StatisticsKey'], ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['RequestCounts'], ParentType, ContextType>;
  rates?: Resolver<ResolversTypes['RequestRates'], ParentType, ContextType>;
};

export type RequestCountsResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['RequestCounts'] = ResolversParentTypes['RequestCounts']> = {
  received?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dispatched?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  returned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  signed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  signedOnTime?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  due?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  answered?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  answeredOnTime?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  answeredAtOnce?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  secondHandled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  validCallbacks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  responded?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resolved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  satisfied?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  verySatisfied?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  basicallySatisfied?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  dissatisfied?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RequestRatesResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['RequestRates'] = ResolversParentTypes['RequestRates']> = {
  response?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  resolution?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  satisfaction?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  answerOnTime?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  signOnTime?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
};

export type MonthlyTopicResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['MonthlyTopic'] = ResolversParentTypes['MonthlyTopic']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  month?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  lead?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  requests?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rank?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type HotspotResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['Hotspot'] = ResolversParentTypes['Hotspot']> = {
  key?: Resolver<ResolversTypes['StatisticsKey'], ParentType, ContextType>;
  requests?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cases?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quadrant?: Resolver<ResolversTypes['Quadrant'], ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category']> = {
  code?: Resolver<ResolversTypes['CategoryCode'], ParentType, ContextType>;
};

export type GridCellResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['GridCell'] = ResolversParentTypes['GridCell']> = {
  code?: Resolver<ResolversTypes['GridCode'], ParentType, ContextType>;
};

export type PersonResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['Person'] = ResolversParentTypes['Person']> = {
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DepartmentResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['Department'] = ResolversParentTypes['Department']> = {
  code?: Resolver<ResolversTypes['CreditCode'], ParentType, ContextType>;
};

export type CaseStageResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['CaseStage'] = ResolversParentTypes['CaseStage']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['Person']>, ParentType, ContextType>;
  post?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  officer?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  receiver?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  suspendedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['CaseStatus']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['CaseStatus']>, ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  elapsedSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type CaseClockResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['CaseClock'] = ResolversParentTypes['CaseClock']> = {
  clock?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  usedSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pausedSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CaseResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['Case'] = ResolversParentTypes['Case']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type StatisticsKeyResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['StatisticsKey'] = ResolversParentTypes['StatisticsKey']> = {
  division?: Resolver<Maybe<ResolversTypes['Division']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['CaseSource']>, ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  month?: Resolver<Maybe<ResolversTypes['Period']>, ParentType, ContextType>;
  officer?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  post?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  grid?: Resolver<Maybe<ResolversTypes['GridCode']>, ParentType, ContextType>;
  kind?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  channel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  day?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  hour?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unattributed?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type RateResolvers<ContextType = Context<HotlineLoaders>, ParentType extends ResolversParentTypes['Rate'] = ResolversParentTypes['Rate']> = {
  numerator?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  denominator?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context<HotlineLoaders>> = {
  Query?: QueryResolvers<ContextType>;
  ReportFigure?: ReportFigureResolvers<ContextType>;
  Division?: DivisionResolvers<ContextType>;
  Request?: RequestResolvers<ContextType>;
  RequestConnection?: RequestConnectionResolvers<ContextType>;
  RequestEdge?: RequestEdgeResolvers<ContextType>;
  RequestStatistics?: RequestStatisticsResolvers<ContextType>;
  RequestCounts?: RequestCountsResolvers<ContextType>;
  RequestRates?: RequestRatesResolvers<ContextType>;
  MonthlyTopic?: MonthlyTopicResolvers<ContextType>;
  Hotspot?: HotspotResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  GridCell?: GridCellResolvers<ContextType>;
  Person?: PersonResolvers<ContextType>;
  Department?: DepartmentResolvers<ContextType>;
  CaseStage?: CaseStageResolvers<ContextType>;
  CaseClock?: CaseClockResolvers<ContextType>;
  Case?: CaseResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  StatisticsKey?: StatisticsKeyResolvers<ContextType>;
  Rate?: RateResolvers<ContextType>;
};

export type ReportFigureReference = { readonly __typename: 'ReportFigure'; readonly id: Scalars['ID']['output']; readonly kind: Scalars['String']['output']; readonly division: Scalars['DivisionCode']['output']; readonly period: Scalars['Period']['output']; readonly metric: Scalars['String']['output']; };

export type DivisionReference = { readonly __typename: 'Division'; readonly code: Scalars['DivisionCode']['output']; };

export type RequestReference = { readonly __typename: 'Request'; readonly id: Scalars['ID']['output']; };

export type ModuleResolvers = Resolvers & RequiredResolvers<Resolvers, Mappers> & {
  Query: Required<QueryResolvers>;
  ReportFigure: { __resolveReference: Resolver<Maybe<ResolversTypes['ReportFigure']>, ReportFigureReference, Context<HotlineLoaders>> };
  Division: { __resolveReference: Resolver<Maybe<ResolversTypes['Division']>, DivisionReference, Context<HotlineLoaders>> };
  Request: { __resolveReference: Resolver<Maybe<ResolversTypes['Request']>, RequestReference, Context<HotlineLoaders>> };
};
