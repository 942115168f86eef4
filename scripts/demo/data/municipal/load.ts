/** A municipal platform's rows → its empty tables, in the client's transaction. */
import type { ClientBase } from 'pg';
import { type CopyTarget, copyRows } from '../copy.ts';
import { generateMunicipal } from './generate.ts';
import { PROFILES } from './setting/profiles.ts';
import type { GenerateOptions, PlatformArea } from './setting/setting.ts';
import { COLUMNS } from './tables.ts';

export interface LoadOptions extends GenerateOptions {
  /** Receives the number of rows after each batch. */
  readonly onRows?: (count: number) => void;
}

/** Empties the tables first. Resolves to the number of rows. */
export async function loadMunicipal(client: ClientBase, platform: PlatformArea, options: LoadOptions): Promise<number> {
  await client.query(`truncate ${Object.keys(COLUMNS).join(', ')}`);
  let total = 0;
  for (const { table, rows } of generateMunicipal(platform, options)) {
    if (rows.length === 0) continue;
    const target: CopyTarget<string> = { table, columns: COLUMNS[table], frozen: true };
    const count = await copyRows<string>(client, target, rows);
    options.onRows?.(count);
    total += count;
  }
  return total;
}

const STAGES_PER_CASE = 9.1;
const STAGES_PER_REQUEST = 5.7;
/** Departments, duties, cells and officers, which do not scale. */
const STANDING_ROWS = 4500;

/** About how many rows a platform gets, for the progress bar. */
export function estimateRows(division: string, scale: number): number {
  const counts = PROFILES[division]?.counts;
  if (!counts) return 0;
  const flowing = counts.cases * (1 + STAGES_PER_CASE) + counts.requests * (1 + STAGES_PER_REQUEST);
  return Math.round(STANDING_ROWS + scale * (flowing + counts.components + counts.facilities + 7 * counts.points));
}
