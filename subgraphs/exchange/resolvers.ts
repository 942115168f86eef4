/** Field → loader, store or passport: no SQL, no rules but who sees which grants. */
import type { Context, Resolvers } from '@yiwang/platform';
import { isIn, type PassportClaims, regionOfBounds } from '@yiwang/schema';
import type { ExchangeLoaders } from './loaders.ts';
import {
  type AppRow,
  type CatalogueFilter,
  type CatalogueRow,
  type GrantRow,
  type PlatformRow,
  readApps,
  readCataloguePage,
  readGrants,
  readPlatforms,
} from './store.ts';

type ExchangeContext = Context<ExchangeLoaders>;
type Within = { readonly within?: string | null };

export const resolvers: Resolvers = {
  Query: {
    me: (_, __, { passport }: ExchangeContext) => passport,
    platforms: async (_, { within }: Within, { db, passport }: ExchangeContext) => {
      const scope = regionOfBounds(passport.scope);
      const rows = await readPlatforms(db, within ?? passport.division);
      return rows.filter((row) => isIn(scope, row.division));
    },
    catalogue: (_, filter: CatalogueFilter, { db }: ExchangeContext) => readCataloguePage(db, filter),
    grants: (_, __, { db, passport }: ExchangeContext) => readGrants(db, ownDepartment(passport)),
    apps: (_, __, { db }: ExchangeContext) => readApps(db),
  },
  Me: {
    subject: ({ sub }: PassportClaims) => sub,
    division: ({ tier, division }: PassportClaims) => (tier === 'PUBLIC' ? null : { code: division }),
    department: ({ department }: PassportClaims) => (department === undefined ? null : { code: department }),
  },
  Division: {
    __resolveReference: ({ code }: { code: string }) => ({ code }),
    platform: ({ code }: { code: string }, _, { loaders }: ExchangeContext) => loaders.municipalPlatform.load(code),
  },
  Platform: {
    division: ({ division }: PlatformRow) => ({ code: division }),
    subgraph: ({ id }: PlatformRow) => id.slice(0, id.indexOf('/')),
  },
  CatalogueEntry: {
    provider: ({ provider }: CatalogueRow) => ({ code: provider }),
    fields: ({ id }: CatalogueRow, _, { loaders }: ExchangeContext) => loaders.catalogueFields.load(id),
  },
  Grant: {
    grantee: ({ grantee }: GrantRow) => ({ code: grantee }),
    provider: ({ provider }: GrantRow) => ({ code: provider }),
    divisions: ({ divisions }: GrantRow) => divisions.map((code) => ({ code })),
  },
  App: {
    division: ({ division }: AppRow) => ({ code: division }),
  },
};

/** Supervisors see all grants of their jurisdiction; everybody else those of the own department, and none without one. */
function ownDepartment({ audience, department }: PassportClaims): string | undefined {
  return audience === 'supervisor' || audience === 'auditor' ? undefined : (department ?? '');
}
