/** The rows of a municipal platform or a hotline → its empty tables, in the client's transaction. */
import type { ClientBase } from 'pg';
import { type CopyTarget, copyRows } from '../copy.ts';
import { generateHotline, generateMunicipal, type HotlineArea } from './generate.ts';
import { PROFILES } from './setting/profiles.ts';
import type { GenerateOptions, PlatformArea } from './setting/setting.ts';
import { type Batch, COLUMNS, HOTLINE_TABLES } from './tables.ts';

export interface LoadOptions extends GenerateOptions {
  /** Receives the number of rows after each batch. */
  readonly onRows?: (count: number) => void;
}

/** Empties the tables first. Resolves to the number of rows. */
export function loadMunicipal(client: ClientBase, platform: PlatformArea, options: LoadOptions): Promise<number> {
  const tables = Object.keys(COLUMNS).filter((table) => !HOTLINE_TABLES.has(table));
  return load(client, { tables, batches: generateMunicipal(platform, options) }, options);
}

/** As `loadMunicipal`, for the tables of a city's hotline. */
export function loadHotline(client: ClientBase, area: HotlineArea, options: LoadOptions): Promise<number> {
  return load(client, { tables: [...HOTLINE_TABLES], batches: generateHotline(area, options) }, options);
}

async function load(
  client: ClientBase,
  { tables, batches }: { readonly tables: readonly string[]; readonly batches: Iterable<Batch> },
  { onRows }: LoadOptions,
): Promise<number> {
  await client.query(`truncate ${tables.join(', ')}`);
  let total = 0;
  for (const { table, rows } of batches) {
    if (rows.length === 0) continue;
    const target: CopyTarget<string> = { table, columns: COLUMNS[table], frozen: true };
    const count = await copyRows<string>(client, target, rows);
    onRows?.(count);
    total += count;
  }
  return total;
}

const STAGES_PER_CASE = 11.1;
const STAGES_PER_REQUEST = 6.7;
/** Departments, duties, cells and officers, which do not scale. */
const STANDING_ROWS = 4500;

/** About how many rows a platform gets, for the progress bar. */
export function estimateRows(division: string, scale: number): number {
  const counts = PROFILES[division]?.counts;
  if (!counts) return 0;
  const flowing = counts.cases * (1 + STAGES_PER_CASE);
  return Math.round(STANDING_ROWS + scale * (flowing + counts.components + counts.facilities + 7 * counts.points));
}

/** About how many rows the hotline gets that takes in what is about the divisions of these platforms. */
export function estimateHotlineRows(divisions: readonly string[], scale: number): number {
  const requests = divisions.reduce((sum, division) => sum + (PROFILES[division]?.counts.requests ?? 0), 0);
  return Math.round(scale * requests * (1 + STAGES_PER_REQUEST));
}
