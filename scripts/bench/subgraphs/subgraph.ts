/** The subgraphs of the bench: schema, root fields, and entities by key. */
import { readFileSync } from 'node:fs';
import {
  makeCases,
  makeCategories,
  makeDepartments,
  makeDivisionGrids,
  makeDivisions,
  makeGridCases,
  makePersons,
  type Row,
  type Value,
} from './data.ts';

export const SUBGRAPH_NAMES = ['cases', 'catalogue', 'departments', 'divisions', 'grids', 'staff'] as const;
export type SubgraphName = (typeof SUBGRAPH_NAMES)[number];

export type Arguments = Readonly<Record<string, unknown>>;

/** The schema and data of a subgraph. */
export interface Subgraph {
  readonly sdl: string;
  readonly roots: Readonly<Record<string, (args: Arguments) => Value>>;
  /** By type name: the key field, and the rows by its value. */
  readonly entities: Readonly<Record<string, { readonly key: string; readonly rows: ReadonlyMap<string, Row> }>>;
}

export function readSdl(name: SubgraphName): string {
  return readFileSync(new URL(`./${name}.graphql`, import.meta.url), 'utf8');
}

export function createSubgraph(name: SubgraphName): Subgraph {
  const sdl = readSdl(name);
  switch (name) {
    case 'cases': {
      const cases = makeCases();
      return {
        sdl,
        roots: { cases: windowOf(cases) },
        entities: { Case: byKey('id', cases), Grid: byKey('id', makeGridCases(cases)) },
      };
    }
    case 'catalogue':
      return withOne(sdl, 'category', 'Category', byKey('code', makeCategories()));
    case 'departments':
      return withOne(sdl, 'department', 'Department', byKey('id', makeDepartments()));
    case 'divisions': {
      const divisions = makeDivisions();
      return { sdl, roots: { divisions: windowOf(divisions) }, entities: { Division: byKey('code', divisions) } };
    }
    case 'grids': {
      const divisions = makeDivisionGrids();
      const grids = divisions.flatMap((division) => division.grids as readonly Row[]);
      const subgraph = withOne(sdl, 'grid', 'Grid', byKey('id', grids));
      return { ...subgraph, entities: { ...subgraph.entities, Division: byKey('code', divisions) } };
    }
    case 'staff':
      return withOne(sdl, 'person', 'Person', byKey('id', makePersons()));
  }
}

type Entities = Subgraph['entities'][string];

function byKey(key: string, rows: readonly Row[]): Entities {
  return { key, rows: new Map(rows.map((row) => [row[key] as string, row])) };
}

function withOne(sdl: string, field: string, type: string, entities: Entities): Subgraph {
  const find = (args: Arguments): Value => entities.rows.get(String(args[entities.key])) ?? null;
  return { sdl, roots: { [field]: find }, entities: { [type]: entities } };
}

/** Returns `first` rows from the row `from` on, starting over at the end. */
function windowOf(rows: readonly Row[]): (args: Arguments) => readonly Row[] {
  return ({ first, from }) =>
    Array.from({ length: first as number }, (_, at) => rows[((from as number) + at) % rows.length]!);
}
