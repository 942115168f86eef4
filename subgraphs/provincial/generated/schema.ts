/** Types of the provincial subgraph's resolvers, made from its schema. */
import type { GraphQLResolveInfo } from 'graphql';
import type { Context, RequiredResolvers, Within } from '@yiwang/platform';
import type { ProvincialLoaders } from '../loaders.ts';
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
  DivisionCode: { input: string; output: string; }
  Period: { input: string; output: string; }
  CreditCode: { input: string; output: string; }
  DateTime: { input: string; output: Date | string; }
  GridCode: { input: string; output: string; }
  Date: { input: string; output: string; }
  CategoryCode: { input: string; output: string; }
};

export type QueryEvaluationsArgs = {
  within?: Within;
  period: Scalars['Period']['input'];
  scheme?: InputMaybe<Scalars['ID']['input']>;
  department?: InputMaybe<Scalars['CreditCode']['input']>;
};

export type QueryInspectionsArgs = {
  within?: Within;
  status?: InputMaybe<OrderStatus>;
  overdue?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryInspectionArgs = {
  id: Scalars['ID']['input'];
};

export type QueryPeriodicReportsArgs = {
  within?: Within;
  period?: InputMaybe<Scalars['Period']['input']>;
  history?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryInspectionStatisticsArgs = {
  within?: Within;
  period: Scalars['Period']['input'];
  groupBy?: InputMaybe<ReadonlyArray<OrderDimension>>;
  orderBy?: InputMaybe<StatisticsOrder>;
  top?: InputMaybe<Scalars['Int']['input']>;
};

export type Division = {
  readonly code: Scalars['DivisionCode']['output'];
  readonly evaluations: ReadonlyArray<Evaluation>;
};

export type DivisionEvaluationsArgs = {
  period: Scalars['Period']['input'];
  scheme?: InputMaybe<Scalars['ID']['input']>;
};

export type Evaluation = {
  readonly key: StatisticsKey;
  readonly scheme: Scalars['ID']['output'];
  readonly evaluator: Division;
  readonly score: Scalars['Float']['output'];
  readonly grade: Scalars['String']['output'];
  readonly rank?: Maybe<Scalars['Int']['output']>;
  readonly publishedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly published: Scalars['Boolean']['output'];
  readonly parts: ReadonlyArray<EvaluationPart>;
};

export type EvaluationPart = {
  readonly indicator: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly score: Scalars['Float']['output'];
  readonly fullScore: Scalars['Float']['output'];
  readonly rate?: Maybe<Rate>;
};

export type OrderStatus =
  | 'ISSUED'
  | 'ACKNOWLEDGED'
  | 'HANDLING'
  | 'ANSWERED'
  | 'ACCEPTED'
  | 'REJECTED'
  | 'OVERDUE'
  | 'WITHDRAWN';

export type OrderDimension =
  | 'PROVINCE'
  | 'CITY'
  | 'COUNTY'
  | 'STREET'
  | 'COMMUNITY'
  | 'ISSUER'
  | 'MONTH';

export type StatisticsOrder = {
  readonly by: Scalars['String']['input'];
  readonly direction: Direction;
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

export type Tier =
  | 'NATIONAL'
  | 'PROVINCIAL'
  | 'MUNICIPAL'
  | 'DISTRICT'
  | 'STREET'
  | 'PUBLIC';

export type PageInfo = {
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly endCursor?: Maybe<Scalars['String']['output']>;
};

export type Direction =
  | 'ASC'
  | 'DESC';

export type OrderCounts = {
  readonly issued: Scalars['Int']['output'];
  readonly acknowledged: Scalars['Int']['output'];
  readonly answered: Scalars['Int']['output'];
  readonly answeredOnTime: Scalars['Int']['output'];
  readonly accepted: Scalars['Int']['output'];
  readonly rejected: Scalars['Int']['output'];
  readonly withdrawn: Scalars['Int']['output'];
  readonly open: Scalars['Int']['output'];
  readonly overdue: Scalars['Int']['output'];
};

export type OrderRates = {
  readonly acknowledging: Rate;
  readonly answeringOnTime: Rate;
  readonly accepting: Rate;
};

export type Category = {
  readonly code: Scalars['CategoryCode']['output'];
};

export type CaseSource =
  | 'PATROL'
  | 'HOTLINE'
  | 'PUBLIC'
  | 'VIDEO'
  | 'LEADER'
  | 'DEPARTMENT'
  | 'SENSOR';

export type Department = {
  readonly code: Scalars['CreditCode']['output'];
};

export type ResolverTypeWrapper<T> = Promise<T> | T;

export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type ResolversTypes = {
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Division: ResolverTypeWrapper<Mappers['Division']>;
  Evaluation: ResolverTypeWrapper<Mappers['Evaluation']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  EvaluationPart: ResolverTypeWrapper<Mappers['EvaluationPart']>;
  Inspection: ResolverTypeWrapper<Mappers['Inspection']>;
  InspectionTask: ResolverTypeWrapper<Mappers['InspectionTask']>;
  InspectionConnection: ResolverTypeWrapper<Mappers['InspectionConnection']>;
  InspectionEdge: ResolverTypeWrapper<Mappers['InspectionEdge']>;
  PeriodicReport: ResolverTypeWrapper<Mappers['PeriodicReport']>;
  ReportFigure: ResolverTypeWrapper<Mappers['ReportFigure']>;
  ReportRate: ResolverTypeWrapper<Mappers['ReportRate']>;
  PeriodicReportConnection: ResolverTypeWrapper<Mappers['PeriodicReportConnection']>;
  PeriodicReportEdge: ResolverTypeWrapper<Mappers['PeriodicReportEdge']>;
  DivisionCode: ResolverTypeWrapper<Scalars['DivisionCode']['output']>;
  Period: ResolverTypeWrapper<Scalars['Period']['output']>;
  CreditCode: ResolverTypeWrapper<Scalars['CreditCode']['output']>;
  OrderStatus: OrderStatus;
  OrderDimension: OrderDimension;
  StatisticsOrder: StatisticsOrder;
  OrderStatistics: ResolverTypeWrapper<Mappers['OrderStatistics']>;
  StatisticsKey: ResolverTypeWrapper<Omit<StatisticsKey, 'division'> & { division?: Maybe<ResolversTypes['Division']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Rate: ResolverTypeWrapper<Rate>;
  Tier: Tier;
  OrderStage: ResolverTypeWrapper<Mappers['OrderStage']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Direction: Direction;
  OrderStatisticsKey: ResolverTypeWrapper<Mappers['OrderStatisticsKey']>;
  OrderCounts: ResolverTypeWrapper<OrderCounts>;
  OrderRates: ResolverTypeWrapper<OrderRates>;
  Category: ResolverTypeWrapper<Category>;
  CaseSource: CaseSource;
  Department: ResolverTypeWrapper<Department>;
  GridCode: ResolverTypeWrapper<Scalars['GridCode']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  CategoryCode: ResolverTypeWrapper<Scalars['CategoryCode']['output']>;
};

export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Division: Mappers['Division'];
  Evaluation: Mappers['Evaluation'];
  Float: Scalars['Float']['output'];
  EvaluationPart: Mappers['EvaluationPart'];
  Inspection: Mappers['Inspection'];
  InspectionTask: Mappers['InspectionTask'];
  InspectionConnection: Mappers['InspectionConnection'];
  InspectionEdge: Mappers['InspectionEdge'];
  PeriodicReport: Mappers['PeriodicReport'];
  ReportFigure: Mappers['ReportFigure'];
  ReportRate: Mappers['ReportRate'];
  PeriodicReportConnection: Mappers['PeriodicReportConnection'];
  PeriodicReportEdge: Mappers['PeriodicReportEdge'];
  DivisionCode: Scalars['DivisionCode']['output'];
  Period: Scalars['Period']['output'];
  CreditCode: Scalars['CreditCode']['output'];
  StatisticsOrder: StatisticsOrder;
  OrderStatistics: Mappers['OrderStatistics'];
  StatisticsKey: Omit<StatisticsKey, 'division'> & { division?: Maybe<ResolversParentTypes['Division']> };
  DateTime: Scalars['DateTime']['output'];
  Rate: Rate;
  OrderStage: Mappers['OrderStage'];
  PageInfo: PageInfo;
  OrderStatisticsKey: Mappers['OrderStatisticsKey'];
  OrderCounts: OrderCounts;
  OrderRates: OrderRates;
  Category: Category;
  Department: Department;
  GridCode: Scalars['GridCode']['output'];
  Date: Scalars['Date']['output'];
  CategoryCode: Scalars['CategoryCode']['output'];
};

export type QueryResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  evaluations?: Resolver<ReadonlyArray<ResolversTypes['Evaluation']>, ParentType, ContextType, RequireFields<QueryEvaluationsArgs, 'period'>>;
  inspections?: Resolver<ResolversTypes['InspectionConnection'], ParentType, ContextType, RequireFields<QueryInspectionsArgs, 'first'>>;
  inspection?: Resolver<Maybe<ResolversTypes['Inspection']>, ParentType, ContextType, RequireFields<QueryInspectionArgs, 'id'>>;
  periodicReports?: Resolver<ResolversTypes['PeriodicReportConnection'], ParentType, ContextType, RequireFields<QueryPeriodicReportsArgs, 'history' | 'first'>>;
  inspectionStatistics?: Resolver<ReadonlyArray<ResolversTypes['OrderStatistics']>, ParentType, ContextType, RequireFields<QueryInspectionStatisticsArgs, 'period' | 'groupBy'>>;
};

export type DivisionResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['Division'] = ResolversParentTypes['Division']> = {
  code?: Resolver<ResolversTypes['DivisionCode'], ParentType, ContextType>;
  evaluations?: Resolver<ReadonlyArray<ResolversTypes['Evaluation']>, ParentType, ContextType, RequireFields<DivisionEvaluationsArgs, 'period'>>;
};

export type EvaluationResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['Evaluation'] = ResolversParentTypes['Evaluation']> = {
  key?: Resolver<ResolversTypes['StatisticsKey'], ParentType, ContextType>;
  scheme?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  evaluator?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  grade?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rank?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  publishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  published?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  parts?: Resolver<ReadonlyArray<ResolversTypes['EvaluationPart']>, ParentType, ContextType>;
};

export type EvaluationPartResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['EvaluationPart'] = ResolversParentTypes['EvaluationPart']> = {
  indicator?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  fullScore?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  rate?: Resolver<Maybe<ResolversTypes['Rate']>, ParentType, ContextType>;
};

export type InspectionResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['Inspection'] = ResolversParentTypes['Inspection']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requirement?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  issuedBy?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  issuedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  deadline?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  stages?: Resolver<ReadonlyArray<ResolversTypes['OrderStage']>, ParentType, ContextType>;
  tasks?: Resolver<ReadonlyArray<ResolversTypes['InspectionTask']>, ParentType, ContextType>;
};

export type InspectionTaskResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['InspectionTask'] = ResolversParentTypes['InspectionTask']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  deadline?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  answer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  answeredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  stages?: Resolver<ReadonlyArray<ResolversTypes['OrderStage']>, ParentType, ContextType>;
};

export type InspectionConnectionResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['InspectionConnection'] = ResolversParentTypes['InspectionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['InspectionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Inspection']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type InspectionEdgeResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['InspectionEdge'] = ResolversParentTypes['InspectionEdge']> = {
  node?: Resolver<ResolversTypes['Inspection'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PeriodicReportResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['PeriodicReport'] = ResolversParentTypes['PeriodicReport']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  current?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  deadline?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  submittedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  acceptedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  late?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  figures?: Resolver<ReadonlyArray<ResolversTypes['ReportFigure']>, ParentType, ContextType>;
  rates?: Resolver<ReadonlyArray<ResolversTypes['ReportRate']>, ParentType, ContextType>;
};

export type ReportFigureResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['ReportFigure'] = ResolversParentTypes['ReportFigure']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['DivisionCode'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['Period'], ParentType, ContextType>;
  metric?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reported?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  live?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  difference?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  adjustedBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  liveCases?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  liveRequests?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ReportRateResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['ReportRate'] = ResolversParentTypes['ReportRate']> = {
  metric?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rate?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
};

export type PeriodicReportConnectionResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['PeriodicReportConnection'] = ResolversParentTypes['PeriodicReportConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PeriodicReportEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['PeriodicReport']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PeriodicReportEdgeResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['PeriodicReportEdge'] = ResolversParentTypes['PeriodicReportEdge']> = {
  node?: Resolver<ResolversTypes['PeriodicReport'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrderStatisticsResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['OrderStatistics'] = ResolversParentTypes['OrderStatistics']> = {
  key?: Resolver<ResolversTypes['OrderStatisticsKey'], ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['OrderCounts'], ParentType, ContextType>;
  rates?: Resolver<ResolversTypes['OrderRates'], ParentType, ContextType>;
};

export type StatisticsKeyResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['StatisticsKey'] = ResolversParentTypes['StatisticsKey']> = {
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

export type RateResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['Rate'] = ResolversParentTypes['Rate']> = {
  numerator?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  denominator?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type OrderStageResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['OrderStage'] = ResolversParentTypes['OrderStage']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['OrderStatus']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OrderStatisticsKeyResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['OrderStatisticsKey'] = ResolversParentTypes['OrderStatisticsKey']> = {
  division?: Resolver<Maybe<ResolversTypes['Division']>, ParentType, ContextType>;
  issuedBy?: Resolver<Maybe<ResolversTypes['Division']>, ParentType, ContextType>;
  month?: Resolver<Maybe<ResolversTypes['Period']>, ParentType, ContextType>;
};

export type OrderCountsResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['OrderCounts'] = ResolversParentTypes['OrderCounts']> = {
  issued?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  acknowledged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  answered?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  answeredOnTime?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  accepted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rejected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  withdrawn?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderRatesResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['OrderRates'] = ResolversParentTypes['OrderRates']> = {
  acknowledging?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  answeringOnTime?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  accepting?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category']> = {
  code?: Resolver<ResolversTypes['CategoryCode'], ParentType, ContextType>;
};

export type DepartmentResolvers<ContextType = Context<ProvincialLoaders>, ParentType extends ResolversParentTypes['Department'] = ResolversParentTypes['Department']> = {
  code?: Resolver<ResolversTypes['CreditCode'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context<ProvincialLoaders>> = {
  Query?: QueryResolvers<ContextType>;
  Division?: DivisionResolvers<ContextType>;
  Evaluation?: EvaluationResolvers<ContextType>;
  EvaluationPart?: EvaluationPartResolvers<ContextType>;
  Inspection?: InspectionResolvers<ContextType>;
  InspectionTask?: InspectionTaskResolvers<ContextType>;
  InspectionConnection?: InspectionConnectionResolvers<ContextType>;
  InspectionEdge?: InspectionEdgeResolvers<ContextType>;
  PeriodicReport?: PeriodicReportResolvers<ContextType>;
  ReportFigure?: ReportFigureResolvers<ContextType>;
  ReportRate?: ReportRateResolvers<ContextType>;
  PeriodicReportConnection?: PeriodicReportConnectionResolvers<ContextType>;
  PeriodicReportEdge?: PeriodicReportEdgeResolvers<ContextType>;
  OrderStatistics?: OrderStatisticsResolvers<ContextType>;
  StatisticsKey?: StatisticsKeyResolvers<ContextType>;
  Rate?: RateResolvers<ContextType>;
  OrderStage?: OrderStageResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  OrderStatisticsKey?: OrderStatisticsKeyResolvers<ContextType>;
  OrderCounts?: OrderCountsResolvers<ContextType>;
  OrderRates?: OrderRatesResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  Department?: DepartmentResolvers<ContextType>;
};

export type DivisionReference = { readonly __typename: 'Division'; readonly code: Scalars['DivisionCode']['output']; };

export type InspectionReference = { readonly __typename: 'Inspection'; readonly id: Scalars['ID']['output']; };

export type PeriodicReportReference = { readonly __typename: 'PeriodicReport'; readonly id: Scalars['ID']['output']; };

export type ReportFigureReference = { readonly __typename: 'ReportFigure'; readonly id: Scalars['ID']['output']; readonly kind: Scalars['String']['output']; readonly division: Scalars['DivisionCode']['output']; readonly period: Scalars['Period']['output']; readonly metric: Scalars['String']['output']; readonly liveCases?: Maybe<Scalars['Int']['output']>; readonly liveRequests?: Maybe<Scalars['Int']['output']>; };

export type ModuleResolvers = Resolvers & RequiredResolvers<Resolvers, Mappers> & {
  Query: Required<QueryResolvers>;
  Division: { __resolveReference: Resolver<Maybe<ResolversTypes['Division']>, DivisionReference, Context<ProvincialLoaders>> };
  Inspection: { __resolveReference: Resolver<Maybe<ResolversTypes['Inspection']>, InspectionReference, Context<ProvincialLoaders>> };
  PeriodicReport: { __resolveReference: Resolver<Maybe<ResolversTypes['PeriodicReport']>, PeriodicReportReference, Context<ProvincialLoaders>> };
  ReportFigure: { __resolveReference: Resolver<Maybe<ResolversTypes['ReportFigure']>, ReportFigureReference, Context<ProvincialLoaders>> };
};
