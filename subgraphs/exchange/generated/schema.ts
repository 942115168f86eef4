/** Types of the exchange subgraph's resolvers, made from its schema. */
import type { GraphQLResolveInfo } from 'graphql';
import type { Context, RequiredResolvers, Within } from '@yiwang/platform';
import type { ExchangeLoaders } from '../loaders.ts';
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
  DateTime: { input: string; output: Date | string; }
  CreditCode: { input: string; output: string; }
  Date: { input: string; output: string; }
};

export type QueryPlatformsArgs = {
  within?: Within;
};

export type QueryCatalogueArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryOrganisationsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  within?: InputMaybe<Scalars['DivisionCode']['input']>;
  serving?: InputMaybe<Scalars['DivisionCode']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type StandardStatus =
  | 'CURRENT'
  | 'IN_FORCE'
  | 'NOT_IN_FORCE'
  | 'UNKNOWN';

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
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Me: ResolverTypeWrapper<Mappers['Me']>;
  Division: ResolverTypeWrapper<Mappers['Division']>;
  StandardStatus: StandardStatus;
  Platform: ResolverTypeWrapper<Mappers['Platform']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Department: ResolverTypeWrapper<Mappers['Department']>;
  Organisation: ResolverTypeWrapper<Mappers['Organisation']>;
  OrganisationConnection: ResolverTypeWrapper<Mappers['OrganisationConnection']>;
  OrganisationEdge: ResolverTypeWrapper<Mappers['OrganisationEdge']>;
  CatalogueEntry: ResolverTypeWrapper<Mappers['CatalogueEntry']>;
  CatalogueField: ResolverTypeWrapper<Mappers['CatalogueField']>;
  CatalogueConnection: ResolverTypeWrapper<Mappers['CatalogueConnection']>;
  CatalogueEdge: ResolverTypeWrapper<Mappers['CatalogueEdge']>;
  Grant: ResolverTypeWrapper<Mappers['Grant']>;
  App: ResolverTypeWrapper<Mappers['App']>;
  DivisionCode: ResolverTypeWrapper<Scalars['DivisionCode']['output']>;
  Tier: Tier;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  CreditCode: ResolverTypeWrapper<Scalars['CreditCode']['output']>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  Me: Mappers['Me'];
  Division: Mappers['Division'];
  Platform: Mappers['Platform'];
  ID: Scalars['ID']['output'];
  Department: Mappers['Department'];
  Organisation: Mappers['Organisation'];
  OrganisationConnection: Mappers['OrganisationConnection'];
  OrganisationEdge: Mappers['OrganisationEdge'];
  CatalogueEntry: Mappers['CatalogueEntry'];
  CatalogueField: Mappers['CatalogueField'];
  CatalogueConnection: Mappers['CatalogueConnection'];
  CatalogueEdge: Mappers['CatalogueEdge'];
  Grant: Mappers['Grant'];
  App: Mappers['App'];
  DivisionCode: Scalars['DivisionCode']['output'];
  DateTime: Scalars['DateTime']['output'];
  CreditCode: Scalars['CreditCode']['output'];
  Date: Scalars['Date']['output'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
};

export type QueryResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  me?: Resolver<ResolversTypes['Me'], ParentType, ContextType>;
  platforms?: Resolver<ReadonlyArray<ResolversTypes['Platform']>, ParentType, ContextType, Partial<QueryPlatformsArgs>>;
  catalogue?: Resolver<ResolversTypes['CatalogueConnection'], ParentType, ContextType, RequireFields<QueryCatalogueArgs, 'first'>>;
  grants?: Resolver<ReadonlyArray<ResolversTypes['Grant']>, ParentType, ContextType>;
  organisations?: Resolver<ResolversTypes['OrganisationConnection'], ParentType, ContextType, RequireFields<QueryOrganisationsArgs, 'first'>>;
  apps?: Resolver<ReadonlyArray<ResolversTypes['App']>, ParentType, ContextType>;
};

export type MeResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['Me'] = ResolversParentTypes['Me']> = {
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  division?: Resolver<Maybe<ResolversTypes['Division']>, ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  roles?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  audience?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DivisionResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['Division'] = ResolversParentTypes['Division']> = {
  code?: Resolver<ResolversTypes['DivisionCode'], ParentType, ContextType>;
  platform?: Resolver<Maybe<ResolversTypes['Platform']>, ParentType, ContextType>;
};

export type PlatformResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['Platform'] = ResolversParentTypes['Platform']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  divisions?: Resolver<ReadonlyArray<ResolversTypes['Division']>, ParentType, ContextType>;
  subgraph?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subgraphs?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  standardVersion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  standardStatus?: Resolver<ResolversTypes['StandardStatus'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type DepartmentResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['Department'] = ResolversParentTypes['Department']> = {
  code?: Resolver<ResolversTypes['CreditCode'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  successor?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
};

export type OrganisationResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['Organisation'] = ResolversParentTypes['Organisation']> = {
  code?: Resolver<ResolversTypes['CreditCode'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  serves?: Resolver<ReadonlyArray<ResolversTypes['Division']>, ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  validTo?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  successor?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType>;
  department?: Resolver<ResolversTypes['Department'], ParentType, ContextType>;
};

export type OrganisationConnectionResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['OrganisationConnection'] = ResolversParentTypes['OrganisationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrganisationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Organisation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrganisationEdgeResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['OrganisationEdge'] = ResolversParentTypes['OrganisationEdge']> = {
  node?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CatalogueEntryResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['CatalogueEntry'] = ResolversParentTypes['CatalogueEntry']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['Department'], ParentType, ContextType>;
  sharing?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fields?: Resolver<ReadonlyArray<ResolversTypes['CatalogueField']>, ParentType, ContextType>;
  updateFrequency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CatalogueFieldResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['CatalogueField'] = ResolversParentTypes['CatalogueField']> = {
  coordinate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  dataClass?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sharing?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  condition?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CatalogueConnectionResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['CatalogueConnection'] = ResolversParentTypes['CatalogueConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CatalogueEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['CatalogueEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CatalogueEdgeResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['CatalogueEdge'] = ResolversParentTypes['CatalogueEdge']> = {
  node?: Resolver<ResolversTypes['CatalogueEntry'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GrantResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['Grant'] = ResolversParentTypes['Grant']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  grantee?: Resolver<ResolversTypes['Department'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['Department'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fields?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  divisions?: Resolver<ReadonlyArray<ResolversTypes['Division']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  until?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  appliedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type AppResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['App'] = ResolversParentTypes['App']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  audience?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context<ExchangeLoaders>, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context<ExchangeLoaders>> = {
  Query?: QueryResolvers<ContextType>;
  Me?: MeResolvers<ContextType>;
  Division?: DivisionResolvers<ContextType>;
  Platform?: PlatformResolvers<ContextType>;
  Department?: DepartmentResolvers<ContextType>;
  Organisation?: OrganisationResolvers<ContextType>;
  OrganisationConnection?: OrganisationConnectionResolvers<ContextType>;
  OrganisationEdge?: OrganisationEdgeResolvers<ContextType>;
  CatalogueEntry?: CatalogueEntryResolvers<ContextType>;
  CatalogueField?: CatalogueFieldResolvers<ContextType>;
  CatalogueConnection?: CatalogueConnectionResolvers<ContextType>;
  CatalogueEdge?: CatalogueEdgeResolvers<ContextType>;
  Grant?: GrantResolvers<ContextType>;
  App?: AppResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
};

export type DivisionReference = { readonly __typename: 'Division'; readonly code: Scalars['DivisionCode']['output']; };

export type DepartmentReference = { readonly __typename: 'Department'; readonly code: Scalars['CreditCode']['output']; };

export type ModuleResolvers = Resolvers & RequiredResolvers<Resolvers, Mappers> & {
  Query: Required<QueryResolvers>;
  Division: { __resolveReference: Resolver<Maybe<ResolversTypes['Division']>, DivisionReference, Context<ExchangeLoaders>> };
  Department: { __resolveReference: Resolver<Maybe<ResolversTypes['Department']>, DepartmentReference, Context<ExchangeLoaders>> };
};
