/** Types of the supervision subgraph's resolvers, made from its schema. */
import type { GraphQLResolveInfo } from 'graphql';
import type { Context, RequiredResolvers, Within } from '@yiwang/platform';
import type { SupervisionLoaders } from '../loaders.ts';
import type { Mappers } from '../mappers.ts';

export type Maybe<T> = T | null;

export type InputMaybe<T> = Maybe<T>;

export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: T[P] };

export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  DivisionCode: { input: string; output: string; }
  Period: { input: string; output: string; }
  DateTime: { input: string; output: Date | string; }
  CreditCode: { input: string; output: string; }
};

export type QuerySupervisionOrdersArgs = {
  within?: Within;
  status?: InputMaybe<OrderStatus>;
  overdue?: InputMaybe<Scalars['Boolean']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QuerySupervisionOrderArgs = {
  id: Scalars['ID']['input'];
};

export type QueryOrderStatisticsArgs = {
  within?: Within;
  period: Scalars['Period']['input'];
  groupBy?: InputMaybe<ReadonlyArray<OrderDimension>>;
  orderBy?: InputMaybe<StatisticsOrder>;
  top?: InputMaybe<Scalars['Int']['input']>;
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

export type Division = {
  readonly code: Scalars['DivisionCode']['output'];
};

export type Tier =
  | 'NATIONAL'
  | 'PROVINCIAL'
  | 'MUNICIPAL'
  | 'DISTRICT'
  | 'STREET'
  | 'PUBLIC';

export type Case = {
  readonly id: Scalars['ID']['output'];
};

export type Request = {
  readonly id: Scalars['ID']['output'];
};

export type Department = {
  readonly code: Scalars['CreditCode']['output'];
};

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

export type Rate = {
  readonly numerator: Scalars['Int']['output'];
  readonly denominator: Scalars['Int']['output'];
  readonly value?: Maybe<Scalars['Float']['output']>;
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
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  SupervisionOrder: ResolverTypeWrapper<Mappers['SupervisionOrder']>;
  OrderAnswer: ResolverTypeWrapper<Mappers['OrderAnswer']>;
  SupervisionOrderConnection: ResolverTypeWrapper<Mappers['SupervisionOrderConnection']>;
  SupervisionOrderEdge: ResolverTypeWrapper<Mappers['SupervisionOrderEdge']>;
  DivisionCode: ResolverTypeWrapper<Scalars['DivisionCode']['output']>;
  OrderStatus: OrderStatus;
  Period: ResolverTypeWrapper<Scalars['Period']['output']>;
  OrderDimension: OrderDimension;
  StatisticsOrder: StatisticsOrder;
  OrderStatistics: ResolverTypeWrapper<Mappers['OrderStatistics']>;
  Division: ResolverTypeWrapper<Division>;
  Tier: Tier;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Case: ResolverTypeWrapper<Case>;
  Request: ResolverTypeWrapper<Request>;
  OrderStage: ResolverTypeWrapper<Mappers['OrderStage']>;
  Department: ResolverTypeWrapper<Department>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Direction: Direction;
  OrderStatisticsKey: ResolverTypeWrapper<Mappers['OrderStatisticsKey']>;
  OrderCounts: ResolverTypeWrapper<OrderCounts>;
  OrderRates: ResolverTypeWrapper<OrderRates>;
  CreditCode: ResolverTypeWrapper<Scalars['CreditCode']['output']>;
  Rate: ResolverTypeWrapper<Rate>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
};

export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  SupervisionOrder: Mappers['SupervisionOrder'];
  OrderAnswer: Mappers['OrderAnswer'];
  SupervisionOrderConnection: Mappers['SupervisionOrderConnection'];
  SupervisionOrderEdge: Mappers['SupervisionOrderEdge'];
  DivisionCode: Scalars['DivisionCode']['output'];
  Period: Scalars['Period']['output'];
  StatisticsOrder: StatisticsOrder;
  OrderStatistics: Mappers['OrderStatistics'];
  Division: Division;
  DateTime: Scalars['DateTime']['output'];
  Case: Case;
  Request: Request;
  OrderStage: Mappers['OrderStage'];
  Department: Department;
  PageInfo: PageInfo;
  OrderStatisticsKey: Mappers['OrderStatisticsKey'];
  OrderCounts: OrderCounts;
  OrderRates: OrderRates;
  CreditCode: Scalars['CreditCode']['output'];
  Rate: Rate;
  Float: Scalars['Float']['output'];
};

export type QueryResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  supervisionOrders?: Resolver<ResolversTypes['SupervisionOrderConnection'], ParentType, ContextType, RequireFields<QuerySupervisionOrdersArgs, 'first'>>;
  supervisionOrder?: Resolver<Maybe<ResolversTypes['SupervisionOrder']>, ParentType, ContextType, RequireFields<QuerySupervisionOrderArgs, 'id'>>;
  orderStatistics?: Resolver<ReadonlyArray<ResolversTypes['OrderStatistics']>, ParentType, ContextType, RequireFields<QueryOrderStatisticsArgs, 'period' | 'groupBy'>>;
};

export type SupervisionOrderResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['SupervisionOrder'] = ResolversParentTypes['SupervisionOrder']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  issuedBy?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  issuedTo?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  overdue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  issuedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  signBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  answerBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deadline?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  case?: Resolver<Maybe<ResolversTypes['Case']>, ParentType, ContextType>;
  request?: Resolver<Maybe<ResolversTypes['Request']>, ParentType, ContextType>;
  stages?: Resolver<ReadonlyArray<ResolversTypes['OrderStage']>, ParentType, ContextType>;
  answers?: Resolver<ReadonlyArray<ResolversTypes['OrderAnswer']>, ParentType, ContextType>;
};

export type OrderAnswerResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['OrderAnswer'] = ResolversParentTypes['OrderAnswer']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SupervisionOrderConnectionResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['SupervisionOrderConnection'] = ResolversParentTypes['SupervisionOrderConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SupervisionOrderEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['SupervisionOrder']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SupervisionOrderEdgeResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['SupervisionOrderEdge'] = ResolversParentTypes['SupervisionOrderEdge']> = {
  node?: Resolver<ResolversTypes['SupervisionOrder'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrderStatisticsResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['OrderStatistics'] = ResolversParentTypes['OrderStatistics']> = {
  key?: Resolver<ResolversTypes['OrderStatisticsKey'], ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['OrderCounts'], ParentType, ContextType>;
  rates?: Resolver<ResolversTypes['OrderRates'], ParentType, ContextType>;
};

export type DivisionResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['Division'] = ResolversParentTypes['Division']> = {
  code?: Resolver<ResolversTypes['DivisionCode'], ParentType, ContextType>;
};

export type CaseResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['Case'] = ResolversParentTypes['Case']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type RequestResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['Request'] = ResolversParentTypes['Request']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type OrderStageResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['OrderStage'] = ResolversParentTypes['OrderStage']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['OrderStatus']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
};

export type DepartmentResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['Department'] = ResolversParentTypes['Department']> = {
  code?: Resolver<ResolversTypes['CreditCode'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OrderStatisticsKeyResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['OrderStatisticsKey'] = ResolversParentTypes['OrderStatisticsKey']> = {
  division?: Resolver<Maybe<ResolversTypes['Division']>, ParentType, ContextType>;
  issuedBy?: Resolver<Maybe<ResolversTypes['Division']>, ParentType, ContextType>;
  month?: Resolver<Maybe<ResolversTypes['Period']>, ParentType, ContextType>;
};

export type OrderCountsResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['OrderCounts'] = ResolversParentTypes['OrderCounts']> = {
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

export type OrderRatesResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['OrderRates'] = ResolversParentTypes['OrderRates']> = {
  acknowledging?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  answeringOnTime?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
  accepting?: Resolver<ResolversTypes['Rate'], ParentType, ContextType>;
};

export type RateResolvers<ContextType = Context<SupervisionLoaders>, ParentType extends ResolversParentTypes['Rate'] = ResolversParentTypes['Rate']> = {
  numerator?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  denominator?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context<SupervisionLoaders>> = {
  Query?: QueryResolvers<ContextType>;
  SupervisionOrder?: SupervisionOrderResolvers<ContextType>;
  OrderAnswer?: OrderAnswerResolvers<ContextType>;
  SupervisionOrderConnection?: SupervisionOrderConnectionResolvers<ContextType>;
  SupervisionOrderEdge?: SupervisionOrderEdgeResolvers<ContextType>;
  OrderStatistics?: OrderStatisticsResolvers<ContextType>;
  Division?: DivisionResolvers<ContextType>;
  Case?: CaseResolvers<ContextType>;
  Request?: RequestResolvers<ContextType>;
  OrderStage?: OrderStageResolvers<ContextType>;
  Department?: DepartmentResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  OrderStatisticsKey?: OrderStatisticsKeyResolvers<ContextType>;
  OrderCounts?: OrderCountsResolvers<ContextType>;
  OrderRates?: OrderRatesResolvers<ContextType>;
  Rate?: RateResolvers<ContextType>;
};

export type SupervisionOrderReference = { readonly __typename: 'SupervisionOrder'; readonly id: Scalars['ID']['output']; };

export type ModuleResolvers = Resolvers & RequiredResolvers<Resolvers, Mappers> & {
  Query: Required<QueryResolvers>;
  SupervisionOrder: { __resolveReference: Resolver<Maybe<ResolversTypes['SupervisionOrder']>, SupervisionOrderReference, Context<SupervisionLoaders>> };
};
