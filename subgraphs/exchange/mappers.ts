/** The parent that the resolvers of each type get. */
import type { Edge, Page } from '@yiwang/platform';
import type { PassportClaims } from '@yiwang/schema';
import type { AppRow, CatalogueFieldRow, CatalogueRow, GrantRow, OrganisationRow, PlatformRow } from './store.ts';

export interface Mappers {
  readonly Me: PassportClaims;
  readonly Division: { readonly code: string };
  readonly Platform: PlatformRow;
  readonly CatalogueEntry: CatalogueRow;
  readonly CatalogueConnection: Page<CatalogueRow>;
  readonly CatalogueEdge: Edge<CatalogueRow>;
  readonly CatalogueField: CatalogueFieldRow;
  readonly Department: { readonly code: string };
  readonly Organisation: OrganisationRow;
  readonly OrganisationConnection: Page<OrganisationRow>;
  readonly OrganisationEdge: Edge<OrganisationRow>;
  readonly Grant: GrantRow;
  readonly App: AppRow;
}
