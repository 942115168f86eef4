/** Batches → rows of the reference tables: the only file of the module that knows SQL. */
import { type Database, type Fragment, type Page, raw, readPage, runSql, sql, whereWithin } from '@yiwang/platform';
import type { DivisionLevel } from '@yiwang/schema';
import type { TimeUnit } from '@yiwang/schema/time';

export interface DivisionRow {
  readonly code: string;
  readonly name: string;
  readonly fullName: string;
  readonly level: DivisionLevel;
  readonly nominal: boolean;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly parent: string | null;
  readonly successors: readonly string[];
  readonly predecessors: readonly string[];
  /** The day that the row speaks of; null: of today, or of the last day of one that ended. */
  readonly on: string | null;
}

export interface ClusterRow {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly source: string;
  readonly certainty: string;
  readonly note: string | null;
}

export interface CategoryRow {
  readonly code: string;
  readonly kind: string;
  readonly name: string;
  readonly local: boolean;
  readonly major: string | null;
  readonly parent: string | null;
}

export interface ConditionRow {
  readonly id: string;
  readonly category: string;
  readonly description: string;
  readonly amount: number;
  readonly unit: TimeUnit;
}

export interface StandardRow {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
}

export interface RegulationRow {
  readonly id: string;
  readonly title: string;
  readonly number: string | null;
  readonly kind: string;
  readonly issuer: string;
  readonly issuedOn: string | null;
  readonly effectiveFrom: string | null;
  readonly status: string | null;
  readonly successor: string | null;
  readonly summary: string | null;
}

export interface SchemeRow {
  readonly id: string;
  readonly name: string;
  readonly object: string;
  readonly objectName: string;
}

export interface IndicatorRow {
  readonly scheme: string;
  readonly term: string;
  readonly score: string;
  readonly weightPercent: number;
  readonly certainty: string;
  readonly note: string | null;
}

/** A page of the divisions directly below one. */
export interface ChildrenKey {
  readonly parent: string;
  /** The day on which they were below it; null: today. */
  readonly on: string | null;
  /** The code after which the page begins; empty for the first page. */
  readonly after: string;
  readonly first: number;
}

export interface DivisionFilter {
  readonly within: string;
  readonly level?: string | null;
  readonly search?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

const DIVISION_COLUMNS = `code, name, full_name as "fullName", level, nominal, valid_from::text as "validFrom",
  valid_to::text as "validTo", parent, successors, predecessors, null::text as on`;
const CATEGORY_COLUMNS = 'code, kind, name, is_local as local, major, parent';
/** What lists show: levels with a government, codes in force. */
const LISTED = 'not nominal and valid_to is null';

export function readDivisions(db: Database, codes: readonly string[]): Promise<DivisionRow[]> {
  return runSql(db, 'divisions', sql`select ${raw(DIVISION_COLUMNS)} from divisions where code = any(${codes})`);
}

export function readDivisionsPage(db: Database, filter: DivisionFilter): Page<DivisionRow> {
  const where = [whereWithin(filter.within, 'code'), whereListed(filter.search?.trim())];
  if (filter.level) where.push(sql`level = ${filter.level}`);
  return readPage<DivisionRow>(db, {
    name: 'divisions',
    columns: DIVISION_COLUMNS,
    from: 'divisions',
    where,
    order: { key: 'CODE', expression: 'code', direction: 'ASC', kind: 'text' },
    first: filter.first ?? null,
    after: filter.after ?? null,
    idColumn: 'code',
    divisionColumn: 'code',
  });
}

/**
 * One row more than `first` of each key, so that the reader sees whether the list goes on; keys are told apart by
 * `ordinal`.
 */
export function readChildren(
  db: Database,
  keys: readonly ChildrenKey[],
): Promise<(DivisionRow & { readonly ordinal: number })[]> {
  const parents = keys.map((key) => key.parent);
  const afters = keys.map((key) => key.after);
  const sizes = keys.map((key) => key.first + 1);
  return runSql(
    db,
    'division_children',
    sql`select child.*, asked.ordinal::int as ordinal
      from unnest(${parents}::text[], ${afters}::text[], ${sizes}::int[]) with ordinality as asked(parent, after, size, ordinal)
      cross join lateral (
        select ${raw(DIVISION_COLUMNS)} from divisions
        where parent = asked.parent and code > asked.after and ${raw(LISTED)} order by code limit asked.size
      ) as child
      order by asked.ordinal, child.code`,
  );
}

export function countChildren(
  db: Database,
  parents: readonly string[],
): Promise<{ readonly parent: string; readonly count: number }[]> {
  return runSql(
    db,
    'division_children_count',
    sql`select parent, count(*)::int as count from divisions
      where parent = any(${parents}) and ${raw(LISTED)} group by parent`,
  );
}

export function readClusters(db: Database): Promise<ClusterRow[]> {
  return runSql(
    db,
    'city_clusters',
    sql`select id, name, members, source, certainty, note from city_clusters order by ordinal`,
  );
}

export function readCategories(db: Database, codes: readonly string[]): Promise<CategoryRow[]> {
  return runSql(db, 'categories', sql`select ${raw(CATEGORY_COLUMNS)} from categories where code = any(${codes})`);
}

export function readCategoriesOfKind(db: Database, kind: string | null | undefined): Promise<CategoryRow[]> {
  const where = kind ? sql`kind = ${kind}` : raw('true');
  return runSql(
    db,
    'categories_of_kind',
    sql`select ${raw(CATEGORY_COLUMNS)} from categories where ${where} order by code`,
  );
}

export function readSubcategories(db: Database, parents: readonly string[]): Promise<CategoryRow[]> {
  return runSql(
    db,
    'subcategories',
    sql`select ${raw(CATEGORY_COLUMNS)} from categories where parent = any(${parents}) order by code`,
  );
}

/** The classes on the other side of the hotline and the grid, with the class that each one is a counterpart of. */
export function readCounterparts(
  db: Database,
  categories: readonly string[],
): Promise<(CategoryRow & { readonly of: string })[]> {
  return runSql(
    db,
    'category_counterparts',
    sql`select ${raw(CATEGORY_COLUMNS)}, category_counterparts.category as "of"
      from category_counterparts join categories on code = counterpart
      where category = any(${categories}) order by category, code`,
  );
}

export function readConditions(db: Database, categories: readonly string[]): Promise<ConditionRow[]> {
  return runSql(
    db,
    'filing_conditions',
    sql`select id, category, description, amount, unit from filing_conditions
      where category = any(${categories}) order by category, ordinal`,
  );
}

export function readStandards(db: Database): Promise<StandardRow[]> {
  return runSql(
    db,
    'standards',
    sql`select id, name, version, effective_from::text as "effectiveFrom", effective_to::text as "effectiveTo"
      from standards order by ordinal`,
  );
}

const REGULATION_COLUMNS = `id, title, number, kind, issuer, issued_on::text as "issuedOn",
  effective_from::text as "effectiveFrom", status, successor, summary`;

export function readRegulationsById(db: Database, ids: readonly string[]): Promise<RegulationRow[]> {
  return runSql(
    db,
    'regulations_by_id',
    sql`select ${raw(REGULATION_COLUMNS)} from regulations where id = any(${ids})`,
  );
}

export function readRegulations(db: Database, search: string | null | undefined): Promise<RegulationRow[]> {
  const pattern = containing(search ?? '');
  return runSql(
    db,
    'regulations',
    sql`select ${raw(REGULATION_COLUMNS)} from regulations
      where title ilike ${pattern} or number ilike ${pattern} or issuer ilike ${pattern} or summary ilike ${pattern}
      order by issued_on desc nulls last, id`,
  );
}

export function readSchemes(db: Database): Promise<SchemeRow[]> {
  return runSql(
    db,
    'evaluation_schemes',
    sql`select id, name, object, object_name as "objectName" from evaluation_schemes order by id`,
  );
}

export function readIndicators(db: Database, schemes: readonly string[]): Promise<IndicatorRow[]> {
  return runSql(
    db,
    'scheme_indicators',
    sql`select scheme, term, score, weight_percent as "weightPercent", certainty, note from scheme_indicators
      where scheme = any(${schemes}) order by scheme, ordinal`,
  );
}

function whereListed(search: string | undefined): Fragment {
  if (!search) return raw(LISTED);
  const startsWith = `${escapeLike(search)}%`;
  return sql`((name like ${containing(search)} or code like ${startsWith}) and ${raw(LISTED)} or code = ${search})`;
}

function containing(text: string): string {
  return `%${escapeLike(text.trim())}%`;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
