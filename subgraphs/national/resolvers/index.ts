/** Field → loader or page: no SQL, no rules. */

import { divisionHistory } from '@yiwang/schema';
import { divisionBefore, divisionOn } from '../divisions-of-the-day.ts';
import type { ModuleResolvers, Resolver } from '../generated/schema.ts';
import type { NationalContext, NationalLoaders } from '../loaders.ts';
import type { DivisionRef } from '../mappers.ts';
import {
  type DivisionRow,
  readCategoriesOfKind,
  readClusters,
  readDivisionsPage,
  readRegulations,
  readSchemes,
  readStandards,
} from '../store.ts';
import { readChildrenPage } from './children.ts';

export const resolvers: ModuleResolvers = {
  Query: {
    division: (_, { code, on }, { loaders }) => (on ? divisionOn(code, on) : loaders.division.load(code)),
    divisions: (_, { within, ...filter }, { db, passport }) =>
      readDivisionsPage(db, { within: within ?? passport.division, ...filter }),
    category: (_, { code }, { loaders }) => loaders.category.load(code),
    cityClusters: (_, __, { db }) => readClusters(db),
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
      const row = await rowOf(division, loaders);
      if (!row || row.parent === null) return null;
      return row.on === null ? loaders.division.load(row.parent) : divisionOn(row.parent, row.on);
    },
    successors: listed('successors'),
    predecessors: listed('predecessors'),
    events: ({ code }) => divisionHistory().eventsOf(code),
    children: (division, page, { loaders }) =>
      readChildrenPage(loaders, { code: division.code, on: 'on' in division ? division.on : null }, page),
  },
  DivisionEvent: {
    from: (event) => Object.keys(event.from).map((code) => divisionBefore(code, event)),
    to: (event) => Object.keys(event.to).map((code) => divisionOn(code, event.on) ?? { code }),
  },
  CityCluster: {
    members: ({ members }) => members.map((code) => ({ code })),
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

/** Divisions in the order of their codes. */
function listed(list: 'successors' | 'predecessors'): Resolver<readonly DivisionRow[], DivisionRef, NationalContext> {
  return async (division, _, { loaders }) => {
    const codes = (await rowOf(division, loaders))?.[list] ?? [];
    const rows = await Promise.all(codes.map((code) => loaders.division.load(code)));
    return rows.filter((row) => row !== null);
  };
}

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
