/** Types of the national subgraph's resolvers, made from its schema. */
import type { GraphQLResolveInfo } from 'graphql';
import type { Context, RequiredResolvers } from '@yiwang/platform';
import type { NationalLoaders } from '../loaders.ts';
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
  Date: { input: string; output: string; }
  CategoryCode: { input: string; output: string; }
};

export type CategoryKind =
  | 'COMPONENT'
  | 'EVENT'
  | 'HOTLINE';

export type TimeUnit =
  | 'URGENT_HOUR'
  | 'WORK_HOUR'
  | 'WORKDAY'
  | 'NATURAL_DAY';

export type QueryDivisionArgs = {
  code: Scalars['DivisionCode']['input'];
  on?: InputMaybe<Scalars['Date']['input']>;
};

export type QueryDivisionsArgs = {
  within?: InputMaybe<Scalars['DivisionCode']['input']>;
  level?: InputMaybe<DivisionLevel>;
  search?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryCategoryArgs = {
  code: Scalars['CategoryCode']['input'];
};

export type QueryCategoriesArgs = {
  kind?: InputMaybe<CategoryKind>;
};

export type QueryRegulationsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
};

export type DivisionChildrenArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type DivisionEventKind =
  | 'ESTABLISH'
  | 'ABOLISH'
  | 'RENAME'
  | 'RECODE'
  | 'MERGE'
  | 'SPLIT'
  | 'PART_MOVED';

export type DatePrecision =
  | 'DAY'
  | 'MONTH'
  | 'YEAR';

export type TimeLimit = {
  readonly amount: Scalars['Float']['output'];
  readonly unit: TimeUnit;
};

export type RegulationStatus =
  | 'IN_FORCE'
  | 'REPLACED'
  | 'REPEALED';

export type DivisionLevel =
  | 'COUNTRY'
  | 'PROVINCE'
  | 'CITY'
  | 'COUNTY'
  | 'STREET'
  | 'COMMUNITY';

export type PageInfo = {
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly endCursor?: Maybe<Scalars['String']['output']>;
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
  CategoryKind: CategoryKind;
  TimeUnit: TimeUnit;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Division: ResolverTypeWrapper<Mappers['Division']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  DivisionEventKind: DivisionEventKind;
  DatePrecision: DatePrecision;
  DivisionEvent: ResolverTypeWrapper<Mappers['DivisionEvent']>;
  CityCluster: ResolverTypeWrapper<Mappers['CityCluster']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  DivisionConnection: ResolverTypeWrapper<Mappers['DivisionConnection']>;
  DivisionEdge: ResolverTypeWrapper<Mappers['DivisionEdge']>;
  Category: ResolverTypeWrapper<Mappers['Category']>;
  FilingCondition: ResolverTypeWrapper<Mappers['FilingCondition']>;
  TimeLimit: ResolverTypeWrapper<TimeLimit>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Standard: ResolverTypeWrapper<Mappers['Standard']>;
  RegulationStatus: RegulationStatus;
  Regulation: ResolverTypeWrapper<Mappers['Regulation']>;
  EvaluationScheme: ResolverTypeWrapper<Mappers['EvaluationScheme']>;
  SchemeIndicator: ResolverTypeWrapper<Mappers['SchemeIndicator']>;
  DivisionCode: ResolverTypeWrapper<Scalars['DivisionCode']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DivisionLevel: DivisionLevel;
  CategoryCode: ResolverTypeWrapper<Scalars['CategoryCode']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
};

export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  Division: Mappers['Division'];
  Boolean: Scalars['Boolean']['output'];
  DivisionEvent: Mappers['DivisionEvent'];
  CityCluster: Mappers['CityCluster'];
  ID: Scalars['ID']['output'];
  DivisionConnection: Mappers['DivisionConnection'];
  DivisionEdge: Mappers['DivisionEdge'];
  Category: Mappers['Category'];
  FilingCondition: Mappers['FilingCondition'];
  TimeLimit: TimeLimit;
  Float: Scalars['Float']['output'];
  Standard: Mappers['Standard'];
  Regulation: Mappers['Regulation'];
  EvaluationScheme: Mappers['EvaluationScheme'];
  SchemeIndicator: Mappers['SchemeIndicator'];
  DivisionCode: Scalars['DivisionCode']['output'];
  Date: Scalars['Date']['output'];
  CategoryCode: Scalars['CategoryCode']['output'];
  PageInfo: PageInfo;
};

export type QueryResolvers<ContextType = Context<NationalLoaders>, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  division?: Resolver<Maybe<ResolversTypes['Division']>, ParentType, ContextType, RequireFields<QueryDivisionArgs, 'code'>>;
  divisions?: Resolver<ResolversTypes['DivisionConnection'], ParentType, ContextType, RequireFields<QueryDivisionsArgs, 'first'>>;
  cityClusters?: Resolver<ReadonlyArray<ResolversTypes['CityCluster']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType, RequireFields<QueryCategoryArgs, 'code'>>;
  categories?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType, Partial<QueryCategoriesArgs>>;
  standards?: Resolver<ReadonlyArray<ResolversTypes['Standard']>, ParentType, ContextType>;
  regulations?: Resolver<ReadonlyArray<ResolversTypes['Regulation']>, ParentType, ContextType, Partial<QueryRegulationsArgs>>;
  evaluationSchemes?: Resolver<ReadonlyArray<ResolversTypes['EvaluationScheme']>, ParentType, ContextType>;
};

export type DivisionResolvers<ContextType = Context<NationalLoaders>, ParentType extends ResolversParentTypes['Division'] = ResolversParentTypes['Division']> = {
  code?: Resolver<ResolversTypes['DivisionCode'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fullName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['DivisionLevel'], ParentType, ContextType>;
  nominal?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  validTo?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  successors?: Resolver<ReadonlyArray<ResolversTypes['Division']>, ParentType, ContextType>;
  predecessors?: Resolver<ReadonlyArray<ResolversTypes['Division']>, ParentType, ContextType>;
  events?: Resolver<ReadonlyArray<ResolversTypes['DivisionEvent']>, ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Division']>, ParentType, ContextType>;
  children?: Resolver<ResolversTypes['DivisionConnection'], ParentType, ContextType, RequireFields<DivisionChildrenArgs, 'first'>>;
};

export type DivisionEventResolvers<ContextType = Context<NationalLoaders>, ParentType extends ResolversParentTypes['DivisionEvent'] = ResolversParentTypes['DivisionEvent']> = {
  kind?: Resolver<ResolversTypes['DivisionEventKind'], ParentType, ContextType>;
  on?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  precision?: Resolver<ResolversTypes['DatePrecision'], ParentType, ContextType>;
  from?: Resolver<ReadonlyArray<ResolversTypes['Division']>, ParentType, ContextType>;
  to?: Resolver<ReadonlyArray<ResolversTypes['Division']>, ParentType, ContextType>;
  basis?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  certainty?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CityClusterResolvers<ContextType = Context<NationalLoaders>, ParentType extends ResolversParentTypes['CityCluster'] = ResolversParentTypes['CityCluster']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  members?: Resolver<ReadonlyArray<ResolversTypes['Division']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  certainty?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DivisionConnectionResolvers<ContextType = Context<NationalLoaders>, ParentType extends ResolversParentTypes['DivisionConnection'] = ResolversParentTypes['DivisionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DivisionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Division']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DivisionEdgeResolvers<ContextType = Context<NationalLoaders>, ParentType extends ResolversParentTypes['DivisionEdge'] = ResolversParentTypes['DivisionEdge']> = {
  node?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = Context<NationalLoaders>, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category']> = {
  code?: Resolver<ResolversTypes['CategoryCode'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['CategoryKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  local?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  major?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  children?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType>;
  conditions?: Resolver<ReadonlyArray<ResolversTypes['FilingCondition']>, ParentType, ContextType>;
  counterparts?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType>;
};

export type FilingConditionResolvers<ContextType = Context<NationalLoaders>, ParentType extends ResolversParentTypes['FilingCondition'] = ResolversParentTypes['FilingCondition']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['TimeLimit'], ParentType, ContextType>;
};

export type TimeLimitResolvers<ContextType = Context<NationalLoaders>, ParentType extends ResolversParentTypes['TimeLimit'] = ResolversParentTypes['TimeLimit']> = {
  amount?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['TimeUnit'], ParentType, ContextType>;
};

export type StandardResolvers<ContextType = Context<NationalLoaders>, ParentType extends ResolversParentTypes['Standard'] = ResolversParentTypes['Standard']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  effectiveFrom?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  effectiveTo?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type RegulationResolvers<ContextType = Context<NationalLoaders>, ParentType extends ResolversParentTypes['Regulation'] = ResolversParentTypes['Regulation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  issuer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  issuedOn?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  effectiveFrom?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['RegulationStatus']>, ParentType, ContextType>;
  successor?: Resolver<Maybe<ResolversTypes['Regulation']>, ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type EvaluationSchemeResolvers<ContextType = Context<NationalLoaders>, ParentType extends ResolversParentTypes['EvaluationScheme'] = ResolversParentTypes['EvaluationScheme']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  object?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  objectName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  indicators?: Resolver<ReadonlyArray<ResolversTypes['SchemeIndicator']>, ParentType, ContextType>;
};

export type SchemeIndicatorResolvers<ContextType = Context<NationalLoaders>, ParentType extends ResolversParentTypes['SchemeIndicator'] = ResolversParentTypes['SchemeIndicator']> = {
  term?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  weightPercent?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  certainty?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context<NationalLoaders>, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context<NationalLoaders>> = {
  Query?: QueryResolvers<ContextType>;
  Division?: DivisionResolvers<ContextType>;
  DivisionEvent?: DivisionEventResolvers<ContextType>;
  CityCluster?: CityClusterResolvers<ContextType>;
  DivisionConnection?: DivisionConnectionResolvers<ContextType>;
  DivisionEdge?: DivisionEdgeResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  FilingCondition?: FilingConditionResolvers<ContextType>;
  TimeLimit?: TimeLimitResolvers<ContextType>;
  Standard?: StandardResolvers<ContextType>;
  Regulation?: RegulationResolvers<ContextType>;
  EvaluationScheme?: EvaluationSchemeResolvers<ContextType>;
  SchemeIndicator?: SchemeIndicatorResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
};

export type DivisionReference = { readonly __typename: 'Division'; readonly code: Scalars['DivisionCode']['output']; };

export type CategoryReference = { readonly __typename: 'Category'; readonly code: Scalars['CategoryCode']['output']; };

export type ModuleResolvers = Resolvers & RequiredResolvers<Resolvers, Mappers> & {
  Query: Required<QueryResolvers>;
  Division: { __resolveReference: Resolver<Maybe<ResolversTypes['Division']>, DivisionReference, Context<NationalLoaders>> };
  Category: { __resolveReference: Resolver<Maybe<ResolversTypes['Category']>, CategoryReference, Context<NationalLoaders>> };
};
