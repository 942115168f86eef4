/** Counts the rows of municipal platforms for the tiers above, with the SQL by which the platforms themselves answer. */
import { readRequestStatistics } from '@yiwang/hotline/statistics';
import { readCaseStatistics } from '@yiwang/municipal/statistics';
import type { Database } from '@yiwang/platform';
import type { Group } from '@yiwang/platform/statistics';
import { countNameOf } from '@yiwang/schema/statistics';
import { parsePeriod } from '@yiwang/schema/time';
import type pg from 'pg';
import { MONTHS } from '../data/data-period.ts';
import { type CountedGroup, type Counts, FIGURE_METRICS, type FigureKind } from '../data/oversight/figures.ts';
import { type DemoPlatform, servedSubgraphs } from '../platforms.ts';

const PERIOD = `${MONTHS[0]}-01/${monthAfter(MONTHS.at(-1)!)}-01`;

/** The groups of all months of the demo's span; the client is the owner of the platform's database. */
export async function readFigures(
  client: pg.ClientBase,
  platform: Pick<DemoPlatform, 'kind' | 'tier' | 'division'>,
  now: number,
): Promise<CountedGroup[]> {
  const db = databaseOf(client);
  const query = {
    places: [null],
    period: parsePeriod(PERIOD),
    groupBy: ['COUNTY', 'DEPARTMENT', 'MONTH'],
    now: new Date(now),
    filter: null,
    clearance: { classes: [], unmasked: false },
  } as const;
  const [cases = []] = await readCaseStatistics(db, { ...query, facts: factsOf('CASES') });
  const groups = cases.map((group) => toCountedGroup('CASES', platform.division, group));
  if (!servedSubgraphs(platform as DemoPlatform).includes('hotline')) return groups;
  const [requests = []] = await readRequestStatistics(db, { ...query, facts: factsOf('HOTLINE') });
  return [...groups, ...requests.map((group) => toCountedGroup('HOTLINE', platform.division, group))];
}

function toCountedGroup<Name extends string>(
  kind: FigureKind,
  platformDivision: string,
  { key, counts }: Group<Name>,
): CountedGroup {
  return {
    kind,
    division: key.division ?? platformDivision,
    department: key.department,
    month: key.month ?? '',
    counts: countsByMetric(kind, counts),
  };
}

function factsOf(kind: FigureKind): string[] {
  return FIGURE_METRICS[kind].flatMap((metric) => countNameOf(metric) ?? []);
}

/** A metric that the platforms do not count is left out. */
function countsByMetric(kind: FigureKind, counts: Readonly<Record<string, number>>): Counts {
  return Object.fromEntries(
    FIGURE_METRICS[kind].flatMap((metric) => {
      const count = counts[countNameOf(metric) ?? ''];
      return count === undefined ? [] : [[metric, count]];
    }),
  );
}

function databaseOf(client: pg.ClientBase): Database {
  return {
    query: async <Row extends object>(_name: string, text: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(text, [...values])).rows,
  };
}

function monthAfter(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
