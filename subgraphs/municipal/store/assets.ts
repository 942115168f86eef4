/** What stands in the city: grid cells and components. */
import {
  type Database,
  ifPresent,
  type Page,
  raw,
  readPage,
  runSql,
  sql,
  type Within,
  whereClass,
  whereWithin,
} from '@yiwang/platform';

export interface GridCellRow {
  readonly code: string;
  readonly division: string;
  readonly name: string | null;
  readonly areaSquareMetres: number | null;
}

export interface ComponentRow {
  readonly code: string;
  readonly division: string;
  readonly category: string;
  readonly name: string | null;
  readonly grid: string | null;
  readonly state: string;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly owner: string | null;
  readonly inCharge: string | null;
  readonly maintainer: string | null;
  readonly material: string | null;
  readonly source: string | null;
  readonly initialOn: string | null;
  readonly changedOn: string | null;
}

interface PageArguments {
  readonly within?: Within;
  readonly first?: number | null;
  readonly after?: string | null;
}

const GRID_COLUMNS = 'code, division, name, area_square_metres as "areaSquareMetres"';
const COMPONENT_COLUMNS = `code, division, category, name, grid, state, longitude, latitude, owner, in_charge as "inCharge",
  maintainer, material, source, initial_on as "initialOn", changed_on as "changedOn"`;
const BY_CODE = { key: 'CODE', expression: 'code', direction: 'ASC', kind: 'text' } as const;

export function readGridCells(db: Database, codes: readonly string[]): Promise<GridCellRow[]> {
  return runSql<GridCellRow>(
    db,
    'grid_cells_by_code',
    sql`select ${raw(GRID_COLUMNS)} from grid_cells where code = any (${codes}::text[])`,
  );
}

export function pageGridCells(db: Database, { within, first, after }: PageArguments): Page<GridCellRow> {
  return readPage<GridCellRow>(db, {
    name: 'grid_cells',
    columns: GRID_COLUMNS,
    from: 'grid_cells',
    where: [whereWithin(within)],
    order: BY_CODE,
    first: first ?? null,
    after: after ?? null,
    idColumn: 'code',
  });
}

export function readComponents(db: Database, codes: readonly string[]): Promise<ComponentRow[]> {
  return runSql<ComponentRow>(
    db,
    'components_by_code',
    sql`select ${raw(COMPONENT_COLUMNS)} from components where code = any (${codes}::text[])`,
  );
}

export function pageComponents(
  db: Database,
  query: PageArguments & { readonly category?: string | null; readonly state?: string | null },
): Page<ComponentRow> {
  return readPage<ComponentRow>(db, {
    name: 'components',
    columns: COMPONENT_COLUMNS,
    from: 'components',
    where: [
      whereWithin(query.within),
      ...ifPresent(query.category, (code) => whereClass('category', code)),
      ...ifPresent(query.state, (state) => sql`state = ${state}`),
    ],
    order: BY_CODE,
    first: query.first ?? null,
    after: query.after ?? null,
    idColumn: 'code',
  });
}
