/** Field → loader, store or passport: no SQL, no rules but who sees which grants. */
import { containsDivision, containsRegion, type PassportClaims, regionOf, regionOfBounds } from '@yiwang/schema';
import { versionStatus } from '@yiwang/schema/standard';
import { dateAt } from '@yiwang/schema/time';
import { visibleClasses } from './catalogue-visibility.ts';
import type { ModuleResolvers } from './generated/schema.ts';
import { readApps, readCataloguePage, readGrants, readOrganisationsPage, readPlatforms } from './store.ts';

export const resolvers: ModuleResolvers = {
  Query: {
    me: (_, __, { passport }) => passport,
    platforms: async (_, { within }, { db, passport }) => {
      const scope = regionOfBounds(passport.scope);
      const rows = await readPlatforms(db, within ?? passport.division);
      return rows.filter((row) => row.divisions.some((division) => containsDivision(scope, division)));
    },
    catalogue: (_, filter, { db, passport }) => readCataloguePage(db, visibleClasses(passport), filter),
    grants: (_, __, { db, passport }) =>
      readGrants(db, { within: passport.division, department: ownDepartment(passport) }),
    organisations: (_, filter, { db }) => readOrganisationsPage(db, filter),
    apps: (_, __, { db, passport }) => readApps(db, passport.division),
  },
  Me: {
    subject: ({ sub }) => sub,
    division: ({ tier, division }) => (tier === 'PUBLIC' ? null : { code: division }),
    department: ({ department }) => (department === undefined ? null : { code: department }),
  },
  Division: {
    __resolveReference: ({ code }) => ({ code }),
    platform: ({ code }, _, { loaders, passport }) =>
      containsRegion(regionOfBounds(passport.scope), regionOf(code)) ? loaders.municipalPlatform.load(code) : null,
  },
  Platform: {
    division: ({ division }) => ({ code: division }),
    divisions: ({ divisions }) => divisions.map((code) => ({ code })),
    subgraph: ({ id }) => id.slice(0, id.indexOf('/')),
    standardStatus: ({ standardVersion }, _, { now }) => versionStatus(standardVersion, dateAt(now)),
  },
  CatalogueEntry: {
    provider: ({ provider }) => ({ code: provider }),
    fields: ({ id }, _, { loaders }) => loaders.catalogueFields.load(id),
  },
  Department: {
    __resolveReference: ({ code }) => ({ code }),
    parent: async ({ code }, _, { loaders }) => toDepartment((await loaders.organisation.load(code))?.parent),
    successor: async ({ code }, _, { loaders }) => toDepartment((await loaders.organisation.load(code))?.successor),
  },
  Organisation: {
    division: ({ division }) => ({ code: division }),
    serves: ({ serves }) => serves.map((code) => ({ code })),
    parent: ({ parent }) => toDepartment(parent),
    successor: ({ successor }) => toDepartment(successor),
    department: ({ code }) => ({ code }),
  },
  Grant: {
    grantee: ({ grantee }) => ({ code: grantee }),
    provider: ({ provider }) => ({ code: provider }),
    divisions: ({ divisions }) => divisions.map((code) => ({ code })),
  },
  App: {
    division: ({ division }) => ({ code: division }),
  },
};

function toDepartment(code: string | null | undefined): { readonly code: string } | null {
  return typeof code === 'string' ? { code } : null;
}

/** Supervisors see all grants of their jurisdiction; other callers those of their department, and none without one. */
function ownDepartment({ audience, department }: PassportClaims): string | undefined {
  return audience === 'supervisor' || audience === 'auditor' ? undefined : (department ?? '');
}
