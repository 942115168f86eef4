/** Field → loader or page: no SQL, no rules. */

import type { ModuleResolvers, Resolver } from '../generated/schema.ts';
import type { NationalContext, NationalLoaders } from '../loaders.ts';
import type { DivisionRef } from '../mappers.ts';
import {
  type DivisionRow,
  readCategoriesOfKind,
  readDivisionsPage,
  readRegulations,
  readSchemes,
  readStandards,
} from '../store.ts';
import { readChildrenPage } from './children.ts';

export const resolvers: ModuleResolvers = {
  Query: {
    division: (_, { code }, { loaders }) => loaders.division.load(code),
    divisions: (_, { within, ...filter }, { db, passport }) =>
      readDivisionsPage(db, { within: within ?? passport.division, ...filter }),
    category: (_, { code }, { loaders }) => loaders.category.load(code),
    categories: (_, { kind }, { db }) => readCategoriesOfKind(db, kind),
    standards: (_, __, { db }) => readStandards(db),
    regulations: (_, { search }, { db }) => readRegulations(db, search),
    evaluationSchemes: (_, __, { db }) => readSchemes(db),
  },
  Division: {
    __resolveReference: ({ code }, _, { loaders }) => loaders.division.load(code),
    name: divisionField('name'),
    fullName: divisionField('fullName'),
    level: divisionField('level'),
    nominal: divisionField('nominal'),
    validFrom: divisionField('validFrom'),
    validTo: divisionField('validTo'),
    parent: async (division, _, { loaders }) => {
      const code = (await rowOf(division, loaders))?.parent ?? null;
      return code === null ? null : loaders.division.load(code);
    },
    successors: async (division, _, { loaders }) => {
      const codes = (await rowOf(division, loaders))?.successors ?? [];
      const rows = await Promise.all(codes.map((successor) => loaders.division.load(successor)));
      return rows.filter((row) => row !== null);
    },
    children: ({ code }, page, { loaders }) => readChildrenPage(loaders, code, page),
  },
  Category: {
    __resolveReference: ({ code }, _, { loaders }) => loaders.category.load(code),
    major: ({ major }, _, { loaders }) => (major === null ? null : loaders.category.load(major)),
    parent: ({ parent }, _, { loaders }) => (parent === null ? null : loaders.category.load(parent)),
    children: ({ code }, _, { loaders }) => loaders.subcategories.load(code),
    conditions: ({ code }, _, { loaders }) => loaders.conditions.load(code),
    counterparts: ({ code }, _, { loaders }) => loaders.counterparts.load(code),
  },
  Regulation: {
    successor: ({ successor }, _, { loaders }) => (successor === null ? null : loaders.regulation.load(successor)),
  },
  FilingCondition: {
    limit: ({ amount, unit }) => ({ amount, unit }),
  },
  EvaluationScheme: {
    indicators: ({ id }, _, { loaders }) => loaders.indicators.load(id),
  },
};

/** The fields of a division that is not in the table are null, which GraphQL refuses for non-null fields. */
function divisionField<Name extends keyof DivisionRow>(
  name: Name,
): Resolver<DivisionRow[Name], DivisionRef, NationalContext> {
  return (division, _, { loaders }) =>
    'name' in division
      ? division[name]
      : rowOf(division, loaders).then((row) => {
          const value = row?.[name];
          return value!;
        });
}

function rowOf(division: DivisionRef, loaders: NationalLoaders): Promise<DivisionRow | null> {
  return 'name' in division ? Promise.resolve(division) : loaders.division.load(division.code);
}
