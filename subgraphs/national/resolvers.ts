/** Field → loader or page: no SQL, no rules. */
import type { Context, Resolvers } from '@yiwang/platform';
import { type ChildrenArguments, readChildrenPage } from './children.ts';
import type { NationalLoaders } from './loaders.ts';
import {
  type CategoryRow,
  type ConditionRow,
  type DivisionFilter,
  type DivisionRow,
  readCategoriesOfKind,
  readDivisionsPage,
  readRegulations,
  readSchemes,
  readStandards,
  type SchemeRow,
} from './store.ts';

type NationalContext = Context<NationalLoaders>;
type Search = { readonly search?: string | null };
type DivisionsArguments = Omit<DivisionFilter, 'within'> & { readonly within?: string | null };

export const resolvers: Resolvers = {
  Query: {
    division: (_, { code }: { code: string }, { loaders }: NationalContext) => loaders.division.load(code),
    divisions: (_, { within, ...filter }: DivisionsArguments, { db, passport }: NationalContext) =>
      readDivisionsPage(db, { within: within ?? passport.division, ...filter }),
    category: (_, { code }: { code: string }, { loaders }: NationalContext) => loaders.category.load(code),
    categories: (_, { kind }: { kind?: string | null }, { db }: NationalContext) => readCategoriesOfKind(db, kind),
    standards: (_, __, { db }: NationalContext) => readStandards(db),
    regulations: (_, { search }: Search, { db }: NationalContext) => readRegulations(db, search),
    evaluationSchemes: (_, __, { db }: NationalContext) => readSchemes(db),
  },
  Division: {
    __resolveReference: ({ code }: { code: string }, _, { loaders }: NationalContext) => loaders.division.load(code),
    parent: ({ parent }: DivisionRow, _, { loaders }: NationalContext) =>
      parent === null ? null : loaders.division.load(parent),
    successors: async ({ successors }: DivisionRow, _, { loaders }: NationalContext) =>
      (await loaders.division.loadMany(successors)).filter((row) => row !== null),
    children: ({ code }: DivisionRow, page: ChildrenArguments, { loaders }: NationalContext) =>
      readChildrenPage(loaders, code, page),
  },
  Category: {
    __resolveReference: ({ code }: { code: string }, _, { loaders }: NationalContext) => loaders.category.load(code),
    major: ({ major }: CategoryRow, _, { loaders }: NationalContext) =>
      major === null ? null : loaders.category.load(major),
    parent: ({ parent }: CategoryRow, _, { loaders }: NationalContext) =>
      parent === null ? null : loaders.category.load(parent),
    children: ({ code }: CategoryRow, _, { loaders }: NationalContext) => loaders.subcategories.load(code),
    conditions: ({ code }: CategoryRow, _, { loaders }: NationalContext) => loaders.conditions.load(code),
  },
  FilingCondition: {
    limit: ({ amount, unit }: ConditionRow) => ({ amount, unit }),
  },
  EvaluationScheme: {
    indicators: ({ id }: SchemeRow, _, { loaders }: NationalContext) => loaders.indicators.load(id),
  },
};
