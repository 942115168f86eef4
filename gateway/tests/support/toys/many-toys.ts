/** Toy platforms of a dozen cities, enough for pages in shares, and what tests compare their pages with. */
import { comparePositions, createId, prefixOf } from '@yiwang/schema';
import type { Row } from './toy-data.ts';
import type { ToyAnswer, ToyEngine, ToyRequest } from './toy-engine.ts';
import { startToyPlatform, type ToyCall, type ToyPlatform } from './toy-platform.ts';

/** The cities of Hubei. */
export const CITIES: readonly string[] = [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13].map(
  (number) => `42${String(number).padStart(2, '0')}00`,
);

export interface ManyToys {
  readonly all: readonly ToyPlatform[];
  readonly placed: readonly { readonly division: string; readonly platform: ToyPlatform }[];
  of(city: string): ToyPlatform;
  /** Gives each city its own, all of them well, and forgets what they were asked. */
  spread(rows: readonly Row[]): void;
  /** The cities that were called this often since `spread` or `forget`. */
  calledTimes(times: number): readonly string[];
  forget(): void;
  close(): Promise<void>;
}

export async function startManyToys(cities: readonly string[] = CITIES): Promise<ManyToys> {
  const placed = await Promise.all(cities.map(async (division) => ({ division, platform: await startToyPlatform() })));
  const all = placed.map(({ platform }) => platform);
  const forget = (): void => {
    for (const platform of all) platform.calls.length = 0;
  };
  return {
    all,
    placed,
    of: (city) => placed.find(({ division }) => division === city)!.platform,
    spread(rows) {
      for (const { division, platform } of placed) {
        platform.rows = rows.filter((row) => row.division.startsWith(prefixOf(division)));
        platform.behaviour = { kind: 'well' };
      }
      forget();
    },
    calledTimes: (times) =>
      placed.flatMap(({ division, platform }) => (platform.calls.length === times ? division : [])),
    forget,
    close: async () => void (await Promise.all(all.map((platform) => platform.close()))),
  };
}

/** A row of a place in the city. */
export function rowOf(city: string, serial: number, size: number | null, kind = 'A'): Row {
  const division = `${city.slice(0, 4)}02001`;
  return { id: createId(division, 'R', serial), division, kind, size, at: '2026-01' };
}

/** In the order of pages: the biggest first, without a size last. */
export function inPageOrder(rows: readonly Row[]): readonly Row[] {
  const placed = rows.map((row) => ({
    row,
    position: { order: 'SIZE:DESC', value: row.size, division: row.division, id: row.id },
  }));
  return placed.sort((a, b) => comparePositions(a.position, b.position)).map(({ row }) => row);
}

/** How many rows a platform was asked for, by all pages of the call. */
export function countRequestedRows({ variables }: ToyCall): number {
  const sizes = Object.entries(variables).filter(([name]) => name.startsWith('__yw_first_'));
  return sizes.reduce((sum, [, size]) => sum + Number(size), 0);
}

/** True for a call that asks for more of a first page. */
export function isRefill({ query, variables }: ToyCall): boolean {
  return !query.includes('totalCount') && typeof variables.__yw_after_0 === 'string';
}

export const PAGES =
  'query($first: Int, $after: String) { rows(first: $first, after: $after) { nodes { id size } edges { cursor } pageInfo { hasNextPage endCursor } totalCount } }';

export interface ToyPage {
  readonly answer: ToyAnswer;
  readonly ids: readonly string[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

export async function askPage(
  engine: ToyEngine,
  first: number,
  after: string | null = null,
  question: ToyRequest = {},
): Promise<ToyPage> {
  const answer = await engine.ask(PAGES, { explain: true, ...question, variables: { first, after } });
  const { rows } = answer.data as {
    rows: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  };
  return { answer, ids: rows.nodes.map(({ id }) => id), ...rows.pageInfo };
}
