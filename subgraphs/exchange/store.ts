/** Batches → rows of both directories, the catalogue, grants and apps: the only file of the module that knows SQL. */
import {
  allOf,
  type Database,
  type Fragment,
  type Page,
  raw,
  readPage,
  runSql,
  sql,
  type Within,
  whereWithin,
} from '@yiwang/platform';
import { type DataClass, DIVISION_LEVELS, divisionAt, type Tier } from '@yiwang/schema';

export interface PlatformRow {
  readonly id: string;
  readonly name: string;
  readonly tier: string;
  readonly division: string;
  /** All that it answers for, `division` among them. */
  readonly divisions: readonly string[];
  readonly subgraphs: readonly string[];
  readonly standardVersion: string;
  readonly state: string;
  readonly lastSeenAt: Date | null;
}

export interface CatalogueRow {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly provider: string;
  readonly sharing: string;
  readonly updateFrequency: string;
}

export interface CatalogueFieldRow {
  readonly entry: string;
  readonly coordinate: string;
  readonly dataClass: string;
  readonly sharing: string;
  readonly condition: string | null;
}

export interface GrantRow {
  readonly id: string;
  readonly grantee: string;
  readonly provider: string;
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly divisions: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly status: string;
  readonly reason: string | null;
  readonly appliedAt: Date;
}

export interface AppRow {
  readonly id: string;
  readonly division: string;
  readonly name: string;
  readonly owner: string;
  readonly audience: string;
  readonly state: string;
  readonly createdAt: Date;
}

export interface OrganisationRow {
  readonly code: string;
  readonly name: string;
  readonly division: string;
  readonly serves: readonly string[];
  readonly tier: Tier;
  readonly parent: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly successor: string | null;
}

export interface OrganisationFilter {
  readonly search?: string | null;
  readonly within?: Within;
  readonly serving?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface CatalogueFilter {
  readonly search?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

const ORGANISATION_COLUMNS = `code, name, division, serves, tier, parent, valid_from::text as "validFrom",
  valid_to::text as "validTo", successor`;
const PLATFORM_COLUMNS = `id, name, tier, answers_for as division, divisions, subgraphs,
  standard_version as "standardVersion", state, last_seen_at as "lastSeenAt"`;

export function readPlatforms(db: Database, within: Within): Promise<PlatformRow[]> {
  return runSql(
    db,
    'platforms',
    sql`select ${raw(PLATFORM_COLUMNS)} from platforms
      where exists (select from unnest(divisions) as own (division) where ${whereWithin(within, 'own.division')})
      order by answers_for, id`,
  );
}

export function readPlatformsOf(db: Database, subgraph: string): Promise<PlatformRow[]> {
  return runSql(
    db,
    'platforms_of',
    sql`select ${raw(PLATFORM_COLUMNS)} from platforms where ${subgraph} = any(subgraphs) order by answers_for, id`,
  );
}

export function readOrganisations(db: Database, codes: readonly string[]): Promise<OrganisationRow[]> {
  return runSql(
    db,
    'organisations_by_code',
    sql`select ${raw(ORGANISATION_COLUMNS)} from organisations where code = any(${codes}::text[])`,
  );
}

export function readOrganisationsPage(db: Database, filter: OrganisationFilter): Page<OrganisationRow> {
  const { search, within, serving, first, after } = filter;
  const text = search?.trim().replace(/[\\%_]/g, '\\$&');
  const where: Fragment[] = [whereWithin(within)];
  if (text) where.push(sql`(name like ${`%${text}%`} or code like ${`${text}%`})`);
  if (serving) where.push(sql`serves && ${divisionsAround(serving)}::text[]`);
  return readPage<OrganisationRow>(db, {
    name: 'organisations',
    columns: ORGANISATION_COLUMNS,
    from: 'organisations',
    where,
    order: { key: 'CODE', expression: 'code', direction: 'ASC', kind: 'text' },
    first: first ?? null,
    after: after ?? null,
    idColumn: 'code',
    divisionColumn: 'code',
  });
}

/** The division and those that it lies in. */
function divisionsAround(division: string): readonly string[] {
  return DIVISION_LEVELS.flatMap((level) => divisionAt(division, level) ?? []);
}

/** Entries with at least one field of these classes. Other entries do not exist for the caller. */
export function readCataloguePage(
  db: Database,
  classes: readonly DataClass[],
  { search, first, after }: CatalogueFilter,
): Page<CatalogueRow> {
  const text = search?.trim();
  const pattern = `%${text?.replace(/[\\%_]/g, '\\$&')}%`;
  const visible = sql`entry = catalogue_entries.id and data_class = any(${classes})`;
  const matches = sql`(title ilike ${pattern} or summary ilike ${pattern} or exists (
    select from catalogue_fields where ${visible} and coordinate ilike ${pattern}))`;
  const hasFields = sql`exists (select from catalogue_fields where ${visible})`;
  return readPage<CatalogueRow>(db, {
    name: 'catalogue',
    columns: 'id, title, summary, provider, sharing, update_frequency as "updateFrequency"',
    from: 'catalogue_entries',
    where: text ? [hasFields, matches] : [hasFields],
    order: { key: 'ID', expression: 'id', direction: 'ASC', kind: 'text' },
    first: first ?? null,
    after: after ?? null,
    // The exchange has one platform: the id alone tells rows apart.
    divisionColumn: 'id',
  });
}

export function readCatalogueFields(
  db: Database,
  classes: readonly DataClass[],
  entries: readonly string[],
): Promise<CatalogueFieldRow[]> {
  return runSql(
    db,
    'catalogue_fields',
    sql`select entry, coordinate, data_class as "dataClass", sharing, condition from catalogue_fields
      where entry = any(${entries}) and data_class = any(${classes}) order by entry, ordinal`,
  );
}

export interface GrantFilter {
  /** The jurisdiction of one of the parties. */
  readonly within: string;
  /** The department that gave or received the grant; undefined: any. */
  readonly department: string | undefined;
}

export function readGrants(db: Database, { within, department }: GrantFilter): Promise<GrantRow[]> {
  const party = [sql`grant_id = grants.id`];
  party.push(department === undefined ? whereWithin(within) : sql`department = ${department}`);
  return runSql(
    db,
    'grants',
    sql`select id, grantee, provider, purpose, fields, divisions, valid_from::text as "from", valid_to::text as until,
        status, reason, applied_at as "appliedAt"
      from grants where exists (select from grant_parties where ${allOf(party)})
      order by applied_at desc, id`,
  );
}

export function readApps(db: Database, within: string): Promise<AppRow[]> {
  return runSql(
    db,
    'apps',
    sql`select id, division, name, owner, audience, state, created_at as "createdAt" from apps
      where ${whereWithin(within)} order by division, id`,
  );
}
