/** Field → loader or page: no SQL, no rules. */
import type { Context, Resolver, Resolvers } from '@yiwang/platform';
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

/** A row, or what another module of the same server says of a division: its code. */
type DivisionMention = DivisionRow | { readonly code: string };

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
    name: divisionField('name'),
    fullName: divisionField('fullName'),
    level: divisionField('level'),
    nominal: divisionField('nominal'),
    validFrom: divisionField('validFrom'),
    validTo: divisionField('validTo'),
    parent: async (division: DivisionMention, _, { loaders }: NationalContext) => {
      const code = (await rowOf(division, loaders))?.parent ?? null;
      return code === null ? null : loaders.division.load(code);
    },
    successors: async (division: DivisionMention, _, { loaders }: NationalContext) => {
      const codes = (await rowOf(division, loaders))?.successors ?? [];
      return (await loaders.division.loadMany(codes)).filter((row) => row !== null);
    },
    children: ({ code }: DivisionMention, page: ChildrenArguments, { loaders }: NationalContext) =>
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

function divisionField(field: keyof DivisionRow): Resolver {
  return (division: DivisionMention, _, { loaders }: NationalContext) =>
    'name' in division ? division[field] : rowOf(division, loaders).then((row) => row?.[field]);
}

function rowOf(division: DivisionMention, loaders: NationalLoaders): Promise<DivisionRow | null> {
  return 'name' in division ? Promise.resolve(division) : loaders.division.load(division.code);
}
