/** Types of the departments subgraph's resolvers, made from its schema. */
import type { GraphQLResolveInfo } from 'graphql';
import type { Context, RequiredResolvers, Within } from '@yiwang/platform';
import type { DepartmentsLoaders } from '../loaders.ts';
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
  CreditCode: { input: string; output: string; }
  Date: { input: string; output: string; }
  CategoryCode: { input: string; output: string; }
};

export type DutyKind =
  | 'TASK'
  | 'RESPONSIBILITY'
  | 'POWER';

export type QueryDepartmentsArgs = {
  within?: Within;
};

export type QueryDepartmentArgs = {
  code: Scalars['CreditCode']['input'];
};

export type QueryResponsibilitiesArgs = {
  within?: Within;
  department?: InputMaybe<Scalars['CreditCode']['input']>;
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

export type Category = {
  readonly code: Scalars['CategoryCode']['output'];
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
  DutyKind: DutyKind;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Department: ResolverTypeWrapper<Mappers['Department']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Duty: ResolverTypeWrapper<Mappers['Duty']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  DivisionCode: ResolverTypeWrapper<Scalars['DivisionCode']['output']>;
  CreditCode: ResolverTypeWrapper<Scalars['CreditCode']['output']>;
  Division: ResolverTypeWrapper<Division>;
  Tier: Tier;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  Category: ResolverTypeWrapper<Category>;
  CategoryCode: ResolverTypeWrapper<Scalars['CategoryCode']['output']>;
};

export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  Department: Mappers['Department'];
  String: Scalars['String']['output'];
  Duty: Mappers['Duty'];
  ID: Scalars['ID']['output'];
  Boolean: Scalars['Boolean']['output'];
  DivisionCode: Scalars['DivisionCode']['output'];
  CreditCode: Scalars['CreditCode']['output'];
  Division: Division;
  Date: Scalars['Date']['output'];
  Category: Category;
  CategoryCode: Scalars['CategoryCode']['output'];
};

export type QueryResolvers<ContextType = Context<DepartmentsLoaders>, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  departments?: Resolver<ReadonlyArray<ResolversTypes['Department']>, ParentType, ContextType, Partial<QueryDepartmentsArgs>>;
  department?: Resolver<Maybe<ResolversTypes['Department']>, ParentType, ContextType, RequireFields<QueryDepartmentArgs, 'code'>>;
  responsibilities?: Resolver<ReadonlyArray<ResolversTypes['Duty']>, ParentType, ContextType, Partial<QueryResponsibilitiesArgs>>;
};

export type DepartmentResolvers<ContextType = Context<DepartmentsLoaders>, ParentType extends ResolversParentTypes['Department'] = ResolversParentTypes['Department']> = {
  code?: Resolver<ResolversTypes['CreditCode'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  division?: Resolver<ResolversTypes['Division'], ParentType, ContextType>;
  serves?: Resolver<ReadonlyArray<ResolversTypes['Division']>, ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  validTo?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  tasks?: Resolver<ReadonlyArray<ResolversTypes['Duty']>, ParentType, ContextType>;
  responsibilities?: Resolver<ReadonlyArray<ResolversTypes['Duty']>, ParentType, ContextType>;
  powers?: Resolver<ReadonlyArray<ResolversTypes['Duty']>, ParentType, ContextType>;
};

export type DutyResolvers<ContextType = Context<DepartmentsLoaders>, ParentType extends ResolversParentTypes['Duty'] = ResolversParentTypes['Duty']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DutyKind'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  basis?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  published?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type DivisionResolvers<ContextType = Context<DepartmentsLoaders>, ParentType extends ResolversParentTypes['Division'] = ResolversParentTypes['Division']> = {
  code?: Resolver<ResolversTypes['DivisionCode'], ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = Context<DepartmentsLoaders>, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category']> = {
  code?: Resolver<ResolversTypes['CategoryCode'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context<DepartmentsLoaders>> = {
  Query?: QueryResolvers<ContextType>;
  Department?: DepartmentResolvers<ContextType>;
  Duty?: DutyResolvers<ContextType>;
  Division?: DivisionResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
};

export type DepartmentReference = { readonly __typename: 'Department'; readonly code: Scalars['CreditCode']['output']; };

export type ModuleResolvers = Resolvers & RequiredResolvers<Resolvers, Mappers> & {
  Query: Required<QueryResolvers>;
  Department: { __resolveReference: Resolver<Maybe<ResolversTypes['Department']>, DepartmentReference, Context<DepartmentsLoaders>> };
};
