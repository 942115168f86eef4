/** The rows of a stub platform, computed from its division: equal at every start. */
import { createGraphQLScalars, createId, divisions } from '@yiwang/schema';
import { boxOf } from '@yiwang/schema/rules';

export interface StubCase {
  readonly id: string;
  readonly division: string;
  readonly status: 'CLOSED' | 'HANDLING';
  /** In the zone +08:00, as all of its instants. */
  readonly reportedAt: string;
  readonly onTime: boolean;
  readonly source: 'PATROL';
  readonly category: { readonly code: string };
  readonly filedAt: string;
  readonly dispatchedAt: string;
  readonly dueAt: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly returnCount: number;
  readonly reworkCount: number;
}

/** A manhole cover, a heap of rubbish, an advertisement. */
const CATEGORIES = ['10101', '20101', '20201'];

const FIRST_DAY = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
const MINUTES_OF_JANUARY = 31 * 24 * 60;

const { DateTime } = createGraphQLScalars();

/** As platforms write it: `2026-01-01T08:00:00+08:00`. */
export function instantAt(milliseconds: number): string {
  return String(DateTime!.serialize(new Date(milliseconds)));
}

/** Cases of January 2026 that keep the standard, spread over the divisions below this one. */
export function createStubCases(division: string, count: number): StubCase[] {
  const below = divisions()
    .visibleChildren(division)
    .map(({ code }) => code);
  const places = below.length > 0 ? below : [division];
  const seed = Number(division.slice(0, 6));
  return Array.from({ length: count }, (_, i): StubCase => {
    const place = places[i % places.length]!;
    const minute = (seed * 7 + i * 1_009) % MINUTES_OF_JANUARY;
    const after = (minutes: number) => instantAt(FIRST_DAY + (minute + minutes) * MINUTE_MS);
    const [west, south, east, north] = boxOf(place);
    return {
      id: createId(place, 'C', i + 1),
      division: place,
      status: (seed + i) % 3 === 0 ? 'HANDLING' : 'CLOSED',
      reportedAt: after(0),
      onTime: (seed + i) % 5 !== 0,
      source: 'PATROL',
      category: { code: CATEGORIES[i % CATEGORIES.length]! },
      filedAt: after(10),
      dispatchedAt: after(20),
      dueAt: after(120),
      longitude: (west + east) / 2 + (i % 100) / 10_000,
      latitude: (south + north) / 2 + (i % 100) / 10_000,
      returnCount: i % 7 === 0 ? 1 : 0,
      reworkCount: i % 11 === 0 ? 1 : 0,
    };
  });
}
